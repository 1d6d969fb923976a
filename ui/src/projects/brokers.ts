import type { Backend } from "../host/types";
import { keycloak } from "./keycloak";
import { polis } from "./polis";

/** The brokers of single sign-on that can hold the SAML connection of a project. */
export type BrokerKind = "polis" | "keycloak";

/** What is asked about a place in a broker, by the name that the core gives each field. */
export type BrokerAnswers = Readonly<Record<string, string>>;

/** A broker as the forms know it. */
export interface Broker {
  kind: BrokerKind;
  /** Its name in a sentence. */
  name: string;
  /** The fields of the place, in the order they are asked. */
  fields: readonly string[];
  /** The field of the secret that it is asked with. */
  secret: string;
  /** Those that are addresses. */
  addresses: readonly string[];
  /** Those that may be left empty. */
  optional: readonly string[];
  /** Those that take several lines. */
  long: readonly string[];
  backend: (answer: (field: string) => string) => Backend;
}

export const brokers: Readonly<Record<BrokerKind, Broker>> = { polis, keycloak };

const isBroker = (kind: string): kind is BrokerKind => kind in brokers;

/** The broker of that name, when it is one. */
export const brokerOf = (kind: string | null | undefined): Broker | null => (kind && isBroker(kind) ? brokers[kind] : null);

/** What the forms begin with. */
export const noAnswers: Readonly<Record<BrokerKind, BrokerAnswers>> = { polis: {}, keycloak: {} };

/** What was answered; of an address its beginning. */
export const answerTo = (broker: Broker, answers: BrokerAnswers, field: string): string => answers[field] ?? (broker.addresses.includes(field) ? "https://" : "");

export const backendOf = (broker: Broker, answers: BrokerAnswers): Backend => broker.backend((field) => answerTo(broker, answers, field).trim());

const isAddress = (url: string): boolean => /^https?:\/\/[^/\s]+/.test(url);

/** What is plainly missing; the core judges the rest. */
export function missingOf(broker: Broker, answers: BrokerAnswers, withSecret: boolean): string[] {
  const asked = withSecret ? [...broker.fields, broker.secret] : broker.fields;
  return asked.filter((field) => {
    const answer = answerTo(broker, answers, field).trim();
    if (broker.optional.includes(field)) return false;
    if (field === broker.secret) return !/^\S+$/.test(answer);
    return broker.addresses.includes(field) ? !isAddress(answer) : answer === "";
  });
}

/** What takes the SAML values of a project: a broker by its name, or the service by its own. */
export const takerOf = (backend: Backend, service: string): string => brokerOf(backend.kind)?.name ?? service;
