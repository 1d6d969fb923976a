import type { Shape } from "../components/types";
import { dayAndTime } from "../format";
import type { Certificate, RolloverStage, RolloverView } from "../host/types";
import { shortPrint } from "../metadata/saml-facts";
import { t } from "../texts";

/** The three things to do, in their order. */
const order: RolloverStage[] = ["send", "sign-in", "take-away", "done"];

export interface RolloverLine {
  id: "send" | "sign-in" | "take-away";
  shape: Shape;
  title: string;
  says: string;
  next: boolean;
}

export const isOver = ({ stage }: RolloverView): boolean => stage === "done" || stage === "called-off";

export const prints = (certificates: Certificate[]): string => certificates.map(shortPrint).join(", ");

/** What was done and what is next. */
export function linesOf(rollover: RolloverView, service: string): RolloverLine[] {
  const { stage, sent_at, seen, removed_at } = rollover;
  const place = order.indexOf(stage === "send-removal" ? "take-away" : stage);
  const shapeAt = (index: number, done: Shape): Shape => (place > index ? done : place === index ? "in-progress" : "not-started");
  const when = (at: string | null | undefined, done: string, open: string) => (at ? t(done, { when: dayAndTime(at) }) : t(open, { service }));
  const seenSays = seen ? t(`rollover-line-seen-${seen.by}`, { when: dayAndTime(seen.at) }) : t("rollover-line-sign-in.open");
  const unseen = place > 1 && !seen;
  return [
    {
      id: "send",
      shape: shapeAt(0, "done-by-evidence"),
      title: t("rollover-line-send", { service }),
      says: when(sent_at, "rollover-line-send.done", "rollover-line-send.open"),
      next: stage === "send",
    },
    {
      id: "sign-in",
      shape: unseen ? "not-needed" : shapeAt(1, seen?.by === "word" ? "done-by-word" : "done-by-evidence"),
      title: t("rollover-line-sign-in"),
      says: unseen ? t("rollover-line-sign-in.unneeded") : seenSays,
      next: stage === "sign-in",
    },
    {
      id: "take-away",
      shape: shapeAt(2, "done-by-evidence"),
      title: t("rollover-line-take-away", { service }),
      says: when(removed_at, "rollover-line-take-away.done", "rollover-line-take-away.open"),
      next: stage === "take-away" || stage === "send-removal",
    },
  ];
}
