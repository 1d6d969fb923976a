import type {
  AnswerChecked,
  Appearance,
  AppRegistrationEdit,
  AuditLog,
  Background,
  BackupLoginEdit,
  CertificateList,
  CertificateReport,
  CheckSoFar,
  Commands,
  Diagnosis,
  DomainConnectEndpoint,
  DomainHistory,
  DomainsAdded,
  DossierAs,
  EntitiesFound,
  Explanation,
  FileDropped,
  GroupsEdit,
  Guide,
  HandedOver,
  HandOverAs,
  Keep,
  LicenceKey,
  ListedDomain,
  NewProject,
  KeycloakGroups,
  PolisRedirects,
  PolisSignIns,
  PortalEdit,
  ProjectSummary,
  ProjectView,
  QrCode,
  RecordAsked,
  RecordSheet,
  Rehearsal,
  RehearsalSoFar,
  Report,
  Resolvers,
  ResolversEdit,
  RolloverEdit,
  SamlEdit,
  SamlOptions,
  ScimCalls,
  ScimEdit,
  Sharing,
  SignInPurpose,
  StartView,
  StepId,
  SupportEdit,
  SwitchPlan,
  SwitchTarget,
  UsersEdit,
  WalkEdit,
  WatchListView,
  WatchNews,
  WatchSubject,
} from "./types";

/** How to stop listening. */
export type Stop = () => void;

/**
 * Everything the screens ask of the program. Every method rejects with a {@link HostError} and with nothing else.
 * Two adapters answer: `tauri.ts` in the window, `fake.ts` in a browser.
 */
export interface Host {
  start(): Promise<StartView>;
  setAppearance(appearance: Appearance): Promise<void>;
  /** Remembers the screen, for the next start. */
  rememberScreen(place: string): Promise<void>;
  /** Puts text that is no secret on the clipboard. */
  copyText(text: string): Promise<void>;
  /** Opens a page of a portal in the browser; the core refuses what no guide names. */
  openUrl(url: string): Promise<void>;
  showProjectsFolder(): Promise<void>;
  showGuidesFolder(): Promise<void>;
  /** Reads the folder for guides of the user's own again; what can be chosen changes with it. */
  readOwnGuides(): Promise<StartView>;
  /** Before the window closes: what is typed and not saved has to be saved then. */
  onClosing(save: () => Promise<void>): Promise<Stop>;

  /** Newest first; those that cannot be opened come last, with the reason. */
  listProjects(): Promise<ProjectSummary[]>;
  /** The access token is needed for a service at a URL. */
  createProject(asked: NewProject, accessToken: string | null): Promise<ProjectView>;
  /** The project as it was left; the service is not asked. */
  openProject(id: string): Promise<ProjectView>;
  /** Asks the service for its state and judges everything anew. */
  refreshProject(id: string): Promise<ProjectView>;
  removeProject(id: string): Promise<void>;
  restoreProject(id: string): Promise<ProjectView>;
  rememberPlace(id: string, place: string): Promise<void>;
  /** What another identity provider, or another place for the settings, would do; nothing is changed. */
  planSwitch(id: string, target: SwitchTarget): Promise<SwitchPlan>;
  /** The access token is needed for a service at a URL that the project was not at before. */
  switchProject(id: string, target: SwitchTarget, accessToken: string | null): Promise<ProjectView>;
  /** Goes back to where the last change came from. */
  undoSwitch(id: string): Promise<ProjectView>;
  /** Takes a new access token after the service refused the old one, or without one what the browser brought. */
  signIn(id: string, accessToken: string | null): Promise<ProjectView>;
  /** Signs in to the account service at that address in the system's browser; a project takes it over after that.
   *  Aborting rejects with `cancelled`. */
  signInInBrowser(url: string, signal: AbortSignal): Promise<void>;
  /** Who did what at the service, newest first. */
  auditLog(id: string): Promise<AuditLog>;
  /** The licence keys of the project's account, oldest first. */
  licenceKeys(id: string): Promise<LicenceKey[]>;
  /** Registers a licence key, or changes what was said of one; all keys, as they are then. */
  /** Removes a key that was registered by mistake; those that are left. */
  removeLicenceKey(id: string, key: LicenceKey): Promise<LicenceKey[]>;
  registerLicenceKey(id: string, key: string, name: string, perUser: boolean): Promise<LicenceKey[]>;
  /** The guide of a project, whole. */
  guide(id: string): Promise<Guide>;
  /** A text as QR code; null when it is too long for one. */
  qrCode(text: string): Promise<QrCode | null>;
  /** Saves the page that users get where the user says; the path, or null when called off. */
  saveUserPage(id: string): Promise<string | null>;
  /** Says what was seen at a hop of a test that is walked by hand. */
  editWalk(id: string, edit: WalkEdit): Promise<ProjectView>;

  /** The known mistakes that a text speaks of. The text stays on this computer and is kept nowhere. */
  explain(text: string): Promise<Explanation>;
  /** Judges an answer of the identity provider beside what the project expects; it stays here and is kept nowhere. */
  checkAnswer(id: string, purpose: SignInPurpose, text: string): Promise<AnswerChecked>;
  /** Asks for a file and judges it; null when the choice is called off. */
  chooseAnswer(id: string, purpose: SignInPurpose): Promise<AnswerChecked | null>;
  /** Judges the file that was dropped onto the window last. */
  readDroppedAnswer(id: string, purpose: SignInPurpose): Promise<AnswerChecked>;
  /** Has the service begin a test and opens its page in the browser. */
  startSignInTest(id: string, purpose: SignInPurpose): Promise<ProjectView>;
  /** How far the newest test of a purpose has come. */
  followSignInTest(id: string, purpose: SignInPurpose): Promise<ProjectView>;
  /** Stops waiting for the newest test of a purpose. */
  forgetSignInTest(id: string, purpose: SignInPurpose): Promise<ProjectView>;
  /** Has the project's groups lead into groups of the Keycloak realm. */
  mapKeycloakGroups(id: string, groups: KeycloakGroups): Promise<ProjectView>;
  /** Opens the page of Ory Polis on which a sign-in begins in the browser. */
  beginPolisSignIn(id: string): Promise<ProjectView>;
  /** Keeps whether somebody saw that sign-in end at the service with a code. */
  sayPolisSignIn(id: string, cameThrough: boolean): Promise<ProjectView>;
  /** The sign-ins that Ory Polis has written down as failed; they are kept nowhere here. */
  polisSignIns(id: string): Promise<PolisSignIns>;
  /** Every known mistake. */
  diagnoses(): Promise<Diagnosis[]>;

  /** Switches single sign-on on when nothing is missing; without a tested sign-in, the organization's name has to be given. */
  activate(id: string, withoutSignIn: string | null): Promise<ProjectView>;
  deactivate(id: string): Promise<ProjectView>;

  /** Gives or takes back one of the guide's confirmations. */
  confirm(id: string, confirmation: string, given: boolean): Promise<ProjectView>;
  /** Says that the configuration in the identity provider is done, or takes that back, and sends it. */
  markStep(id: string, step: StepId, done: boolean): Promise<ProjectView>;
  /** Sends what the step has that the service has not. A conflict is shown in `view.project.conflict`. */
  pushStep(id: string, step: StepId): Promise<ProjectView>;
  resolveConflict(id: string, keep: Keep): Promise<ProjectView>;

  /** Gives one step to somebody else, without any secret; null when the dialog is called off. */
  handOver(id: string, step: StepId, to: string, note: string, way: HandOverAs): Promise<HandedOver | null>;
  /** Takes a step back: a result that comes later is refused. */
  takeBack(id: string, step: StepId): Promise<ProjectView>;
  /** Asks for a file that was handed over: a step becomes a project of its own, a result goes into its project. */
  openHandOver(): Promise<ProjectView | null>;
  /** The same with the file that was dropped onto the window last. */
  openDroppedHandOver(): Promise<ProjectView>;
  /** Opens the file that the program was started with, or given while it runs; null when there is none. */
  openGivenHandOver(): Promise<ProjectView | null>;
  /** The program was given a file while it runs. */
  onFileGiven(heard: () => void): Promise<Stop>;
  /** Saves what goes back to whom the step came from; the path, or null when called off. */
  saveResult(id: string): Promise<string | null>;
  /** Decides between what came back and what was changed here meanwhile. */
  resolveHandOver(id: string, step: StepId, keep: Keep): Promise<ProjectView>;
  /** Saves everything about the set-up; the path, or null when called off. */
  saveDossier(id: string, form: DossierAs): Promise<string | null>;

  addDomains(id: string, text: string): Promise<DomainsAdded>;
  removeDomain(id: string, name: string): Promise<ProjectView>;
  /** Asks the delegated name servers, then the service. `heard` is told of each as soon as it has
   *  answered. Aborting rejects with `cancelled`. */
  checkDomain(id: string, name: string, signal: AbortSignal, heard: (soFar: CheckSoFar) => unknown): Promise<ProjectView>;
  /** What the service saw of a domain's record, change by change; null where no service looks. */
  domainHistory(id: string, name: string): Promise<DomainHistory | null>;
  /** The other projects of the same organization and service, and how their domains compare. */
  sharing(id: string): Promise<Sharing[]>;
  /** Takes domains of another project over; records and acceptance come along where both go to the same account. */
  takeDomains(id: string, other: string, names: string[]): Promise<ProjectView>;
  /** The three commands that look the domain's record up; null while there is no record. */
  domainCommands(id: string, name: string): Promise<Commands | null>;
  /** Where a record is typed, in other forms, and to send. Nobody is asked over the network. */
  recordSheet(asked: RecordAsked): Promise<RecordSheet>;
  /** Asks a zone's name servers who knows its settings (Domain Connect); null where they name nobody. Aborting rejects with `cancelled`. */
  dnsHostNamed(zone: string, signal: AbortSignal): Promise<DomainConnectEndpoint | null>;
  /** Asks that host, which learns the zone; the record's sheet has what it said then. Aborting rejects with `cancelled`. */
  askDnsHost(zone: string, signal: AbortSignal): Promise<void>;
  /** Opens the control panel whose address that host gave, after the user agreed. */
  openDnsPanel(zone: string): Promise<void>;
  /** Saves the record as a page to print where the user says; the path, or null when called off. */
  saveRecordPage(asked: RecordAsked): Promise<string | null>;
  /** Opens the letter about a record in the program for mail; nothing is sent by itself. */
  mailRecord(asked: RecordAsked): Promise<void>;
  /** The companies whose name servers these are; null where nobody is known by the name. */
  serverOperators(servers: string[]): Promise<(string | null)[]>;
  /** Keeps which DNS host serves a domain; null lets the name servers decide again. */
  chooseDnsHost(id: string, name: string, chosen: string | null): Promise<ProjectView>;
  /** Saves a report for another Signpost where the user says; the path, or null when called off. */
  saveReport(report: Report): Promise<string | null>;
  /** Asks for a saved report and reads it; null when called off. */
  openReport(): Promise<Report | null>;
  /** Reads the report in the file that was dropped onto the window last. */
  readDroppedReport(): Promise<Report>;
  /** Understands a list of domains that was pasted. */
  readDomainList(text: string): Promise<ListedDomain[]>;
  /** Asks for a file with a list and reads it; null when called off. */
  chooseDomainList(): Promise<ListedDomain[] | null>;
  /** Reads the list in the file that was dropped onto the window last. */
  readDroppedList(): Promise<ListedDomain[]>;
  /** Saves rows for a spreadsheet where the user says, formulas made text; the path, or null when called off. */
  saveCsv(name: string, rows: string[][]): Promise<string | null>;
  /** Which resolvers are asked for comparison, once the name servers agree. */
  resolvers(): Promise<Resolvers>;
  setResolvers(edit: ResolversEdit): Promise<Resolvers>;
  /** Adds what resolvers say to the last report of a domain, when its name servers agree. Aborting rejects with `cancelled`. */
  compareDomain(id: string, name: string, signal: AbortSignal): Promise<ProjectView>;
  /** The same over HTTPS alone, where this network keeps the name servers away. */
  compareDomainOverHttps(id: string, name: string, signal: AbortSignal): Promise<ProjectView>;
  /** Adds what resolvers say to any report, when the name servers agree. Aborting rejects with `cancelled`. */
  compareReport(report: Report, signal: AbortSignal): Promise<Report>;
  /** The same over HTTPS alone, where this network keeps the name servers away. */
  compareReportOverHttps(report: Report, signal: AbortSignal): Promise<Report>;
  /** Walks from the roots to any domain's name servers and asks each of them. Aborting rejects with `cancelled`. */
  checkAnyDomain(
    text: string,
    label: string,
    expected: string | null,
    signal: AbortSignal,
    heard?: (soFar: CheckSoFar) => unknown,
  ): Promise<Report>;

  /** What is watched, the newest first. */
  watchList(): Promise<WatchListView>;
  /** Watches the TXT record `label` of any domain; the first look is at once. */
  watchRecord(text: string, label: string, expected: string | null): Promise<WatchListView>;
  /** Watches a domain of a project until the service has accepted it. */
  watchProjectDomain(id: string, name: string): Promise<WatchListView>;
  /** Lets a watched record rest, or goes on with it. */
  pauseWatch(watched: string, paused: boolean): Promise<WatchListView>;
  removeWatch(watched: string): Promise<WatchListView>;
  /** Brings the one back that was taken off the list last. */
  restoreWatch(): Promise<WatchListView>;
  /** Looks at a watched record now. */
  checkWatched(watched: string): Promise<WatchListView>;
  /** The watch list is another one, or something of it was looked at. */
  onWatchListChanged(heard: () => void): Promise<Stop>;
  /** Something about a watched record means something else than before. */
  onWatchNews(heard: (news: WatchNews) => void): Promise<Stop>;
  /** The notification about a watched record was clicked. */
  onWatchOpened(heard: (subject: WatchSubject) => void): Promise<Stop>;
  /** Whether watching goes on when the window is closed, and whether a tray icon is seen then. */
  background(): Promise<Background>;
  keepWatching(keep: boolean): Promise<Background>;
  /** Ends the program, whatever the settings say. */
  quit(): Promise<void>;

  editAppRegistration(id: string, edit: AppRegistrationEdit): Promise<ProjectView>;
  editGroups(id: string, edit: GroupsEdit): Promise<ProjectView>;

  editSaml(id: string, edit: SamlEdit): Promise<ProjectView>;
  /** Reads the file that was dropped onto the window last; a portal's own metadata is taken as that. */
  readDroppedMetadata(id: string): Promise<ProjectView>;
  /** Asks for a file and reads it; null when the choice is called off. */
  chooseMetadata(id: string): Promise<ProjectView | null>;
  pasteMetadata(id: string, text: string): Promise<ProjectView>;
  /** Reads the metadata at an https address, whose host learns that somebody asks. Aborting rejects with `cancelled`. */
  fetchMetadata(id: string, url: string, allowPrivate: boolean, signal: AbortSignal): Promise<ProjectView>;
  /** The same at the address that the project remembers. */
  fetchMetadataAgain(id: string, signal: AbortSignal): Promise<ProjectView>;
  /** Checks the signature of the document that was read last, however large it is. */
  checkMetadataSignature(id: string): Promise<ProjectView>;
  /** Looks for identity providers in the document that was read last. */
  findEntities(id: string, text: string): Promise<EntitiesFound>;
  /** Switches what the service does beyond the usual when somebody signs in. */
  setSamlOptions(id: string, options: SamlOptions): Promise<ProjectView>;
  /** Chooses one identity provider of the document that was read last. */
  chooseEntity(id: string, entityId: string): Promise<ProjectView>;
  /** Saves the service's metadata where the user says; the path, or null when called off. */
  saveSpMetadata(id: string): Promise<string | null>;
  /** Decides something about the change of signing certificates, and sends what follows from it. */
  editRollover(id: string, edit: RolloverEdit): Promise<ProjectView>;

  /** Every certificate of every project, the earliest end first. */
  listCertificates(): Promise<CertificateList>;
  /** Looks at pasted certificates; nothing of them is kept. */
  inspectCertificates(text: string): Promise<CertificateReport>;
  /** Asks for a file and looks at its certificates; null when called off. */
  chooseCertificates(): Promise<CertificateReport | null>;
  /** The same with the file that was dropped onto the window last. */
  readDroppedCertificates(): Promise<CertificateReport>;
  /** Saves reminders for a calendar, of one project or of all; the path, or null when called off. */
  saveReminders(project: string | null): Promise<string | null>;

  /** A file was dropped onto the window. */
  onFileDropped(heard: (file: FileDropped) => void): Promise<Stop>;
  /** Files are over the window, or have left it. */
  onFileHover(heard: (over: boolean) => void): Promise<Stop>;

  /** Changes what was taken from the service's portal, or what was ticked as standing there. */
  editPortal(id: string, edit: PortalEdit): Promise<ProjectView>;
  /** The same for the service's own metadata, as its portal gives it out; null when the choice is called off. */
  chooseSpMetadata(id: string): Promise<ProjectView | null>;
  pasteSpMetadata(id: string, text: string): Promise<ProjectView>;

  /** Changes what is agreed with the service's support, or how far the package is. */
  editSupport(id: string, edit: SupportEdit): Promise<ProjectView>;
  /** Saves the package for the service's support; the path, or null when called off. */
  savePackage(id: string): Promise<string | null>;
  /** Opens the letter to the service's support in the mail program; no file goes with it. */
  writePackageMail(id: string): Promise<void>;

  editScim(id: string, edit: ScimEdit): Promise<ProjectView>;
  /** Keeps the bearer token of the service's portal in the keyring; nothing gives it back to the page. */
  keepScimToken(id: string, token: string): Promise<ProjectView>;
  /** Has a new bearer token made and kept in the keyring; the old one works for so many days more. */
  issueScimToken(id: string, keepDays: number): Promise<ProjectView>;
  /** Takes the directory of Ory Polis with that address for the project's own. */
  takePolisDirectory(id: string, baseUrl: string): Promise<ProjectView>;
  /** Changes where people go after a sign-in, here and in Ory Polis. */
  redirectPolis(id: string, to: PolisRedirects): Promise<ProjectView>;
  /** Ends the bearer token with those last characters at the service. */
  revokeScimToken(id: string, hint: string): Promise<ProjectView>;
  /** Puts the SCIM bearer token on the clipboard for a minute; it never comes here. */
  copyScimToken(id: string): Promise<void>;
  /** Plays what the identity provider will send. `heard` is told of each check as soon as it is made. Aborting ends it
   *  early: it resolves after what was made is taken away. */
  rehearseProvisioning(id: string, signal: AbortSignal, heard: (soFar: RehearsalSoFar) => unknown): Promise<Rehearsal>;

  /** The newest SCIM requests that the service has answered; `account-missing` of a service that does not tell. */
  scimCalls(id: string): Promise<ScimCalls>;
  /** Asks the service who has arrived. */
  lookForUsers(id: string): Promise<ProjectView>;
  editUsers(id: string, edit: UsersEdit): Promise<ProjectView>;
  editBackupLogin(id: string, edit: BackupLoginEdit): Promise<ProjectView>;
}

export interface HostFault {
  code: string;
  message: string;
  field?: string | null;
  hints?: string[];
  args?: Partial<Record<string, string>>;
}

/** What went wrong, as a stable code; the words are `error-CODE` and `error-CODE.fix`. */
export class HostError extends Error {
  readonly code: string;
  /** The field the user has to correct, if it is one. */
  readonly field: string | null;
  /** Codes of what may help, most promising first, or of the finding that was the reason. */
  readonly hints: string[];
  readonly args: Partial<Record<string, string>>;

  constructor(fault: HostFault) {
    super(fault.message);
    this.name = "HostError";
    this.code = fault.code;
    this.field = fault.field ?? null;
    this.hints = fault.hints ?? [];
    this.args = fault.args ?? {};
  }

  /** Whatever was thrown, as a HostError; what is not one of ours is `internal`. */
  static from(thrown: unknown): HostError {
    if (thrown instanceof HostError) return thrown;
    if (isFault(thrown)) return new HostError(thrown);
    return new HostError({ code: "internal", message: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

function isFault(thrown: unknown): thrown is HostFault {
  return typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown;
}
