import { scenario, type World } from "./fake/scenarios";
import { checkDomain, soFar } from "./fake/domains";
import { callsOf } from "./fake/calls";
import { issueToken, revokeToken } from "./fake/tokens";
import { historyOf } from "./fake/history";
import { diagnoses, explain } from "./fake/diagnoses";
import { connectEndpoint, connectTo, finders, listed, longList, namesDnsHost, operatorOf, recordSheet, sharedReport } from "./fake/records";
import { certificateList, editRollover, looked, signingOf } from "./fake/certificates";
import { edits } from "./fake/edits";
import { guideFor } from "./fake/guide";
import { compared, editResolvers, originalResolvers } from "./fake/resolvers";
import { editPortal, given, takeSpMetadata } from "./fake/portal";
import { redirect, signInsOf, switchInPolis, takeDirectory } from "./fake/polis";
import { checked, unanswered } from "./fake/sign-ins";
import { rehearse } from "./fake/rehearsals";
import { registerKey } from "./fake/licence-keys";
import { sharing, takeDomains } from "./fake/sharing";
import { editSupport, judgeSupport, waitsFor } from "./fake/support";
import { planSwitch, switchProject, undoSwitch } from "./fake/switching";
import { FakeWatchList } from "./fake/watching";
import { HostError, type Host, type Stop } from "./host";
import type { NewProject, ProjectSummary, ProjectView, StartView } from "./types";

/**
 * The program's answers, made up in memory, so that every screen runs in a browser. `?scenario=` in the address
 * chooses the world; `?slow` makes every answer take a second.
 */
export function fakeHost(search: string): Host {
  const asked = new URLSearchParams(search);
  return new FakeHost(scenario(asked.get("scenario") ?? "contoso"), asked.has("slow") ? 1000 : 0);
}

const copy = <T>(value: T): T => structuredClone(value);

class FakeHost implements Host {
  readonly #world: World;
  readonly #delay: number;
  #resolvers = originalResolvers();
  readonly #removed = new Map<string, ProjectView>();
  readonly #watching: FakeWatchList;

  constructor(world: World, delay: number) {
    this.#world = world;
    this.#delay = delay;
    this.#watching = new FakeWatchList(world.watched);
  }

  async #answer<T>(value: () => T): Promise<T> {
    await new Promise((resolve) => setTimeout(resolve, this.#delay));
    return copy(value());
  }

  #project(id: string): ProjectView {
    const view = this.#world.projects.find(({ project }) => project.id === id);
    if (!view) throw new HostError({ code: "project-missing", message: id });
    return view;
  }

  #refused(method: string): Promise<never> | null {
    const fault = this.#world.refuses?.[method];
    return fault ? Promise.reject(new HostError(fault)) : null;
  }

  /** Changes a project the way the core does: the change, a line in the history, the time of saving. */
  #change(id: string, code: string | null, change: (view: ProjectView) => unknown): Promise<ProjectView> {
    return this.#answer(() => {
      const view = this.#project(id);
      change(view);
      view.signing_certificates = signingOf(view);
      view.now = new Date().toISOString();
      view.project.saved_at = view.now;
      view.project.revision += 1;
      if (code !== null) view.project.history.push({ at: view.now, code, args: {} });
      return view;
    });
  }

  start = () => this.#answer<StartView>(() => this.#world.start);
  setAppearance: Host["setAppearance"] = (appearance) =>
    this.#answer(() => {
      this.#world.start.appearance = appearance;
    });
  rememberScreen: Host["rememberScreen"] = (place) =>
    this.#answer(() => {
      this.#world.start.place = place;
    });
  copyText: Host["copyText"] = (text) =>
    this.#answer(() => {
      this.#world.clipboard = text;
    });
  openUrl: Host["openUrl"] = (url) =>
    this.#answer(() => {
      this.#world.opened.push(url);
    });
  showProjectsFolder: Host["showProjectsFolder"] = () => this.#answer(() => undefined);
  showGuidesFolder: Host["showGuidesFolder"] = () => this.#answer(() => undefined);
  /** The files were put right meanwhile. */
  readOwnGuides: Host["readOwnGuides"] = () =>
    this.#answer(() => {
      const { own_guides } = this.#world.start;
      this.#world.start.own_guides = { ...own_guides, wrong: [] };
      return this.#world.start;
    });
  onClosing: Host["onClosing"] = () => Promise.resolve(() => undefined);

  listProjects: Host["listProjects"] = () =>
    this.#answer(() => [...this.#world.projects.map(summary), ...this.#world.broken]);
  createProject: Host["createProject"] = (asked) =>
    this.#answer(() => {
      const view = this.#world.created(check(asked));
      this.#world.projects.unshift(view);
      return view;
    });
  openProject: Host["openProject"] = (id) => this.#answer(() => this.#project(id));
  refreshProject: Host["refreshProject"] = (id) => this.#answer(() => this.#project(id));
  removeProject: Host["removeProject"] = (id) =>
    this.#answer(() => {
      this.#removed.set(id, this.#project(id));
      this.#world.projects = this.#world.projects.filter(({ project }) => project.id !== id);
    });
  restoreProject: Host["restoreProject"] = (id) =>
    this.#answer(() => {
      const view = this.#removed.get(id);
      if (!view) throw new HostError({ code: "project-missing", message: id });
      this.#world.projects.push(view);
      return view;
    });
  rememberPlace: Host["rememberPlace"] = () => this.#answer(() => undefined);
  planSwitch: Host["planSwitch"] = async (id, target) => this.#answer(() => planSwitch(this.#project(id), target));
  switchProject: Host["switchProject"] = (id, target) => this.#change(id, null, (view) => switchProject(view, target));
  undoSwitch: Host["undoSwitch"] = (id) => this.#change(id, null, undoSwitch);
  signIn: Host["signIn"] = (id) =>
    this.#change(id, "signed-in", (view) => {
      view.connection = "connected";
    });
  signInInBrowser: Host["signInInBrowser"] = (url) =>
    url.includes("//") && !url.includes("no-browser")
      ? this.#answer(() => undefined)
      : Promise.reject(new HostError({ code: "sign-in-not-finished", message: url }));
  licenceKeys: Host["licenceKeys"] = () => this.#refused("licenceKeys") ?? this.#answer(() => this.#world.licenceKeys);
  registerLicenceKey: Host["registerLicenceKey"] = (_id, key, name, perUser) =>
    this.#refused("registerLicenceKey") ?? this.#answer(() => registerKey(this.#world.licenceKeys, key, name, perUser));
  removeLicenceKey: Host["removeLicenceKey"] = (_id, { hint }) =>
    this.#refused("removeLicenceKey") ?? this.#answer(() => (this.#world.licenceKeys = this.#world.licenceKeys.filter((key) => key.hint !== hint)));
  auditLog: Host["auditLog"] = () => this.#answer(() => ({ entries: this.#world.audit }));

  activate: Host["activate"] = (id, withoutSignIn) => {
    const { activation, project } = this.#project(id);
    const insists = activation.can_insist && withoutSignIn !== null;
    if (insists && withoutSignIn !== project.known?.integration.organization) {
      return Promise.reject(new HostError({ code: "name-differs", message: "another name", field: "without-sign-in" }));
    }
    if (activation.missing.length > 0 && !insists) {
      return Promise.reject(new HostError({ code: "activation-blocked", message: "something is missing" }));
    }
    return this.#change(id, "activated", (view) => {
      view.activation = { active: true, since: new Date().toISOString(), missing: [], can_insist: false };
      switchInPolis(view, true);
    });
  };
  deactivate: Host["deactivate"] = (id) =>
    this.#change(id, "deactivated", (view) => {
      view.activation = { ...view.activation, active: false, since: null, can_insist: false };
      switchInPolis(view, false);
    });
  confirm: Host["confirm"] = (id, confirmation, given) =>
    this.#change(id, "confirmed", (view) => {
      const { project } = view;
      const guide = guideFor(project);
      const choice = guide.steps.flatMap(({ confirmations }) => confirmations).find(({ id }) => id === confirmation)?.one_of;
      for (const { id, one_of } of guide.steps.flatMap(({ confirmations }) => confirmations)) {
        if (choice && one_of === choice) delete project.confirmed[id];
      }
      if (given) project.confirmed[confirmation] = new Date().toISOString();
      else delete project.confirmed[confirmation];
      judgeSupport(view);
    });

  recordSheet: Host["recordSheet"] = (asked) => this.#answer(() => recordSheet(asked));
  dnsHostNamed: Host["dnsHostNamed"] = (zone) => this.#answer(() => (namesDnsHost(zone) ? connectEndpoint : null));
  askDnsHost: Host["askDnsHost"] = (zone) => this.#answer(() => connectTo(zone));
  openDnsPanel: Host["openDnsPanel"] = (zone) => this.#answer(() => void this.#world.opened.push(zone));
  saveRecordPage: Host["saveRecordPage"] = () => this.#answer(() => "/home/jonas/txt-record.html");
  mailRecord: Host["mailRecord"] = ({ name }) =>
    this.#refused("mailRecord") ?? this.#answer(() => void this.#world.opened.push(`mailto:?subject=${name}`));
  serverOperators: Host["serverOperators"] = (servers) => this.#answer(() => servers.map(operatorOf));
  chooseDnsHost: Host["chooseDnsHost"] = (id, name, chosen) =>
    this.#change(id, null, ({ project }) => {
      const entry = project.domains.entries.find((entry) => entry.name === name);
      if (entry) entry.dns_host = chosen;
    });
  saveReport: Host["saveReport"] = ({ domain }) => this.#answer(() => `/home/jonas/${domain}.domain-report.json`);
  openReport: Host["openReport"] = () => this.#answer(() => sharedReport());
  readDroppedReport: Host["readDroppedReport"] = () => this.#answer(() => sharedReport());
  readDomainList: Host["readDomainList"] = (text) => this.#answer(() => listed(text));
  chooseDomainList: Host["chooseDomainList"] = () => this.#answer(() => listed(longList()));
  readDroppedList: Host["readDroppedList"] = () => this.#answer(() => listed(longList()));
  saveCsv: Host["saveCsv"] = (name) => this.#answer(() => `/home/jonas/${name}`);
  resolvers: Host["resolvers"] = () => this.#answer(() => this.#resolvers);
  setResolvers: Host["setResolvers"] = (edit) => this.#answer(() => (this.#resolvers = editResolvers(edit)));
  compareReport: Host["compareReport"] = (report) => this.#answer(() => compared(report, this.#resolvers, false));
  compareReportOverHttps: Host["compareReportOverHttps"] = (report) => this.#answer(() => compared(report, this.#resolvers, true));
  compareDomain: Host["compareDomain"] = (id, name) => this.#compareDomain(id, name, false);
  compareDomainOverHttps: Host["compareDomainOverHttps"] = (id, name) => this.#compareDomain(id, name, true);
  #compareDomain = (id: string, name: string, overHttps: boolean): Promise<ProjectView> =>
    this.#change(id, null, (view) => {
      const entry = view.project.domains.entries.find((one) => one.name === name);
      if (entry?.report) entry.report = compared(entry.report, this.#resolvers, overHttps);
    });
  checkAnyDomain: Host["checkAnyDomain"] = (text, label, expected, signal, heard) => {
    if (this.#delay > 0) heard?.(soFar(text));
    return checkDomain(text, label, expected, signal, this.#delay * 10);
  };
  guide: Host["guide"] = (id) => this.#answer(() => guideFor(this.#project(id).project));

  explain: Host["explain"] = (text) => this.#answer(() => explain(text));
  checkAnswer: Host["checkAnswer"] = (id, purpose, text) => this.#answer(() => checked(this.#project(id), purpose, text));
  chooseAnswer: Host["chooseAnswer"] = (id, purpose) => this.#answer(() => checked(this.#project(id), purpose, "good"));
  readDroppedAnswer: Host["readDroppedAnswer"] = (id, purpose) => this.#answer(() => checked(this.#project(id), purpose, "good"));
  startSignInTest: Host["startSignInTest"] = (id, purpose) =>
    this.#refused("startSignInTest") ?? this.#change(id, "sign-in-test-begun", (view) => (view.sign_ins[purpose] = unanswered("waiting", purpose)));
  followSignInTest: Host["followSignInTest"] = (id) => this.#answer(() => this.#project(id));
  forgetSignInTest: Host["forgetSignInTest"] = (id, purpose) => this.#change(id, null, (view) => (view.sign_ins[purpose] = null));
  mapKeycloakGroups: Host["mapKeycloakGroups"] = (id, groups) =>
    this.#change(id, null, ({ project }) => {
      const found = groups.admins === "/admins" ? [] : [{ code: "keycloak-group-missing", severity: "error" as const, args: { name: groups.admins } }];
      given(project).mapped = { groups, findings: found, at: new Date().toISOString() };
    });
  beginPolisSignIn: Host["beginPolisSignIn"] = (id) =>
    this.#refused("beginPolisSignIn") ?? this.#change(id, "polis-sign-in-begun", ({ project }) => (given(project).tested_in_polis = { begun_at: new Date().toISOString() }));
  sayPolisSignIn: Host["sayPolisSignIn"] = (id, cameThrough) =>
    this.#change(id, cameThrough ? "polis-sign-in-came-through" : null, ({ project }) => {
      const tested = given(project).tested_in_polis;
      if (tested) tested.came_through_at = cameThrough ? new Date().toISOString() : null;
    });
  polisSignIns: Host["polisSignIns"] = (id) => this.#refused("polisSignIns") ?? this.#answer(() => signInsOf(this.#project(id)));
  diagnoses: Host["diagnoses"] = () => this.#answer(() => diagnoses);

  markStep: Host["markStep"] = (id, step, given) =>
    this.#refused("markStep") ?? this.#change(id, given ? "marked" : "unmarked", (view) => edits.mark(view, step, given));
  pushStep: Host["pushStep"] = (id, step) => this.#refused("pushStep") ?? this.#change(id, "sent", (view) => edits.push(view, step));
  resolveConflict: Host["resolveConflict"] = (id) => this.#change(id, "conflict-resolved", ({ project }) => (project.conflict = null));

  handOver: Host["handOver"] = async (id, step, to, _note, way) => {
    if (to.trim() === "") throw new HostError({ code: "invalid-input", field: "to", message: "to" });
    const view = await this.#change(id, "handed-over", (view) => edits.handOver(view, step, to));
    return { view, path: way === "mail" ? null : `/home/jonas/${step}` };
  };
  takeBack: Host["takeBack"] = (id, step) => this.#change(id, "taken-back", (view) => edits.takeBack(view, step));
  openHandOver: Host["openHandOver"] = () => this.#answer(() => this.#world.projects[0] ?? null);
  openGivenHandOver: Host["openGivenHandOver"] = () => this.#answer(() => null);
  onFileGiven: Host["onFileGiven"] = () => Promise.resolve(() => undefined);
  openDroppedHandOver: Host["openDroppedHandOver"] = () => this.#answer(() => this.#project(this.#world.projects[0]?.project.id ?? ""));
  saveResult: Host["saveResult"] = () => this.#answer(() => "/home/dana/groups.signpost-result");
  resolveHandOver: Host["resolveHandOver"] = (id, step) => this.#change(id, "result-decided", (view) => edits.takeBack(view, step));
  saveDossier: Host["saveDossier"] = (_id, form) => this.#answer(() => `/home/jonas/Contoso-Ltd-sso.${form === "page" ? "html" : "json"}`);

  addDomains: Host["addDomains"] = async (id, text) => {
    const pieces = text.split(/[\s,;]+/).filter(Boolean);
    const read = (pieces.length > 0 ? pieces : [""]).map((piece) => edits.readDomain(piece));
    const names = read.flatMap(({ name }) => (name === null ? [] : [name]));
    const view = await this.#change(id, "domain-added", (view) => names.forEach((name) => edits.addDomain(view, name)));
    return { view, findings: read.flatMap(({ findings }) => findings) };
  };
  sharing: Host["sharing"] = (id) => this.#answer(() => sharing(this.#project(id), this.#world.projects));
  takeDomains: Host["takeDomains"] = (id, other, names) =>
    this.#change(id, "domain-taken-over", (view) => takeDomains(view, this.#project(other), names));
  removeDomain: Host["removeDomain"] = (id, name) => this.#change(id, "domain-removed", (view) => edits.removeDomain(view, name));
  checkDomain: Host["checkDomain"] = async (id, name, signal, heard) => {
    if (this.#delay > 0) heard(soFar(name));
    const report = await checkDomain(name, "_parallels-challenge", null, signal, this.#delay * 10);
    return this.#change(id, "domain-checked", (view) => edits.takeReport(view, name, report));
  };
  domainHistory: Host["domainHistory"] = (id, name) => this.#answer(() => historyOf(this.#project(id), name));
  domainCommands: Host["domainCommands"] = (_id, name) => this.#answer(() => edits.commands(name));

  watchList: Host["watchList"] = () => this.#answer(() => this.#watching.view());
  watchRecord: Host["watchRecord"] = (domain, label, expected) =>
    this.#answer(() => this.#watching.add({ kind: "record", domain, label, expected }));
  watchProjectDomain: Host["watchProjectDomain"] = (project, domain) =>
    this.#answer(() => this.#watching.add({ kind: "project", project, domain }));
  pauseWatch: Host["pauseWatch"] = (id, paused) => this.#answer(() => this.#watching.pause(id, paused));
  removeWatch: Host["removeWatch"] = (id) => this.#answer(() => this.#watching.remove(id));
  restoreWatch: Host["restoreWatch"] = () => this.#answer(() => this.#watching.restore());
  checkWatched: Host["checkWatched"] = (id) => this.#answer(() => this.#watching.look(id));
  onWatchListChanged: Host["onWatchListChanged"] = () => Promise.resolve(() => undefined);
  onWatchNews: Host["onWatchNews"] = (heard) => {
    if (this.#world.news) heard(this.#world.news);
    return Promise.resolve(() => undefined);
  };
  onWatchOpened: Host["onWatchOpened"] = () => Promise.resolve(() => undefined);
  background: Host["background"] = () => this.#answer(() => this.#world.background);
  keepWatching: Host["keepWatching"] = (keep) =>
    this.#answer(() => {
      this.#world.background.keep_watching = keep;
      return this.#world.background;
    });
  quit: Host["quit"] = () => this.#answer(() => undefined);

  editAppRegistration: Host["editAppRegistration"] = (id, edit) => this.#change(id, null, (view) => edits.appRegistration(view, edit));
  editGroups: Host["editGroups"] = (id, edit) => this.#change(id, null, (view) => edits.groups(view, edit));

  editSaml: Host["editSaml"] = (id, edit) => this.#change(id, null, (view) => edits.saml(view, edit));
  readDroppedMetadata: Host["readDroppedMetadata"] = (id) => this.#change(id, "metadata-read", (view) => edits.readMetadata(view));
  chooseMetadata: Host["chooseMetadata"] = (id) => this.#change(id, "metadata-read", (view) => edits.readMetadata(view));
  pasteMetadata: Host["pasteMetadata"] = (id, text) => this.#change(id, "metadata-read", (view) => edits.readText(view, text));
  fetchMetadata: Host["fetchMetadata"] = (id, url, allowPrivate) =>
    this.#refused("fetchMetadata") ?? this.#change(id, "metadata-read", (view) => edits.fetchMetadata(view, url, allowPrivate));
  fetchMetadataAgain: Host["fetchMetadataAgain"] = (id) => this.#change(id, "metadata-read", (view) => edits.newerMetadata(view));
  checkMetadataSignature: Host["checkMetadataSignature"] = (id) => this.#change(id, "metadata-read", (view) => edits.checkSignature(view));
  findEntities: Host["findEntities"] = (id, text) => this.#answer(() => edits.findEntities(this.#project(id), text));
  setSamlOptions: Host["setSamlOptions"] = (id, options) => this.#change(id, "sent", (view) => edits.samlOptions(view, options));
  chooseEntity: Host["chooseEntity"] = (id, entity) => this.#change(id, "metadata-read", (view) => edits.chooseEntity(view, entity));
  saveSpMetadata: Host["saveSpMetadata"] = () => this.#answer(() => "/home/jonas/metadata.xml");
  editRollover: Host["editRollover"] = (id, edit) => this.#change(id, "rollover-begun", (view) => editRollover(view, edit));
  listCertificates: Host["listCertificates"] = () =>
    this.#refused("listCertificates") ?? this.#answer(() => certificateList(this.#world.projects));
  inspectCertificates: Host["inspectCertificates"] = (text) => this.#answer(() => looked(text));
  chooseCertificates: Host["chooseCertificates"] = () => this.#answer(() => looked("BEGIN CERTIFICATE"));
  readDroppedCertificates: Host["readDroppedCertificates"] = () => this.#answer(() => looked("BEGIN CERTIFICATE"));
  saveReminders: Host["saveReminders"] = () => this.#answer(() => "/home/jonas/certificates.ics");
  onFileDropped: Host["onFileDropped"] = (heard) =>
    listening("drop", (event) => {
      event.preventDefault();
      const files = event.dataTransfer?.files;
      heard({ name: files?.[0]?.name ?? "metadata.xml", count: files?.length ?? 1 });
    });
  onFileHover: Host["onFileHover"] = async (heard) => {
    const over = await listening("dragover", (event) => {
      event.preventDefault();
      heard(true);
    });
    const left = await listening("dragleave", (event) => event.relatedTarget === null && heard(false));
    return () => (over(), left());
  };

  editPortal: Host["editPortal"] = (id, edit) => this.#change(id, null, (view) => editPortal(view, edit));
  chooseSpMetadata: Host["chooseSpMetadata"] = (id) => this.#change(id, "sp-metadata-read", (view) => takeSpMetadata(view));
  pasteSpMetadata: Host["pasteSpMetadata"] = (id, text) =>
    this.#change(id, "sp-metadata-read", (view) => edits.readSpText(view, text));

  editSupport: Host["editSupport"] = (id, edit) => {
    if (edit.kind === "confirmed" && edit.confirmed && this.#project(id).project.support?.sent === null) {
      return Promise.reject(new HostError({ code: "invalid-input", field: "confirmed", message: "not sent" }));
    }
    return this.#change(id, null, (view) => editSupport(view, edit));
  };
  savePackage: Host["savePackage"] = () => this.#answer(() => "/home/jonas/Contoso-Ltd-pymetrics.zip");
  writePackageMail: Host["writePackageMail"] = () => this.#refused("writePackageMail") ?? this.#answer(() => undefined);

  editScim: Host["editScim"] = (id, edit) => this.#change(id, null, ({ project }) => (project.scim.enabled = edit.enabled));
  keepScimToken: Host["keepScimToken"] = (id, token) => {
    const wrong = edits.tokenFault(token);
    if (wrong) return Promise.reject(new HostError(wrong));
    return this.#change(id, "scim-token-kept", ({ project }) => (project.scim.token_hint = token.trim().slice(-4)));
  };
  issueScimToken: Host["issueScimToken"] = (id, keepDays) =>
    this.#refused("issueScimToken") ?? this.#change(id, "scim-token-issued", (view) => issueToken(view, keepDays));
  takePolisDirectory: Host["takePolisDirectory"] = (id, baseUrl) => this.#change(id, "scim-token-kept", (view) => takeDirectory(view, baseUrl));
  redirectPolis: Host["redirectPolis"] = (id, to) => {
    const wrong = to.redirect_urls.some((url) => !url.startsWith("https://"));
    if (wrong) return Promise.reject(new HostError({ code: "invalid-input", field: "redirect-urls", message: "redirect-urls" }));
    return this.#change(id, "polis-redirects-changed", (view) => redirect(view, to.default_redirect_url, to.redirect_urls));
  };
  revokeScimToken: Host["revokeScimToken"] = (id, hint) =>
    this.#refused("revokeScimToken") ?? this.#change(id, null, (view) => revokeToken(view, hint));
  scimCalls: Host["scimCalls"] = (id) => this.#refused("scimCalls") ?? this.#answer(() => callsOf(this.#project(id).project));
  rehearseProvisioning: Host["rehearseProvisioning"] = (id, signal, heard) =>
    rehearse(this.#project(id).project.idp, this.#world.deafToEntra, this.#delay * 2, signal, heard);
  copyScimToken: Host["copyScimToken"] = () => this.#refused("copyScimToken") ?? this.#answer(() => undefined);

  qrCode: Host["qrCode"] = () => this.#answer(() => ({ size: 21, path: finders }));
  saveUserPage: Host["saveUserPage"] = () => this.#answer(() => "/home/jonas/Parallels Desktop.html");
  editWalk: Host["editWalk"] = (id, edit) => this.#change(id, null, (view) => edits.walk(view, edit));
  editUsers: Host["editUsers"] = (id, edit) => this.#change(id, null, (view) => edits.users(view, edit));
  lookForUsers: Host["lookForUsers"] = (id) => this.#answer(() => this.#project(id));
  editBackupLogin: Host["editBackupLogin"] = (id, { email }) => this.#change(id, null, ({ project }) => (project.backup_login.email = email));
}

/** In a browser the page hears of files itself. */
function listening(name: "drop" | "dragover" | "dragleave", heard: (event: DragEvent) => unknown): Promise<Stop> {
  window.addEventListener(name, heard);
  return Promise.resolve(() => window.removeEventListener(name, heard));
}

function summary(view: ProjectView): ProjectSummary {
  return {
    id: view.project.id,
    organization: view.project.organization,
    service_name: view.service_name,
    idp_name: view.idp_name,
    settled: view.settled,
    total: view.total,
    waiting: waitsFor(view),
    active: view.activation.active,
    domains: view.project.task ? [] : view.project.domains.entries.map(({ name }) => name),
    saved_at: view.project.saved_at,
    problem: null,
  };
}

function check(asked: NewProject): NewProject {
  const refuse = (field: string) => new HostError({ code: "invalid-input", field, message: field });
  if (asked.organization.trim() === "") throw refuse("organization");
  if (!asked.admin_email.includes("@")) throw refuse("admin-email");
  return asked;
}
