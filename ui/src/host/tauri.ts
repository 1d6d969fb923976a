import { commands, events, type CheckSoFar, type IpcError } from "../bindings";
import { HostError, type Host } from "./host";

/** What a generated command answers. */
type Outcome<T> = { status: "ok"; data: T } | { status: "error"; error: IpcError };

/**
 * Edits reach the core in the order they were made, and what builds on them (a mark, a push) goes after them. An edit
 * never waits for a push: it is saved at once, however slow the service is.
 */
class Edits {
  #last: Promise<unknown> = Promise.resolve();

  add<T>(edit: () => Promise<T>): Promise<T> {
    const made = this.after(edit);
    this.#last = made.catch(() => undefined);
    return made;
  }

  after<T>(work: () => Promise<T>): Promise<T> {
    return this.#last.then(work);
  }
}

/** The window's host: each method is the command of the same name. */
export function tauriHost(): Host {
  const edits = new Edits();
  return {
    start: () => answer(commands.start()),
    setAppearance: (appearance) => done(commands.setAppearance(appearance)),
    rememberScreen: (place) => done(commands.rememberScreen(place)),
    copyText: (text) => done(commands.copyText(text)),
    openUrl: (url) => done(commands.openUrl(url)),
    showProjectsFolder: () => done(commands.showProjectsFolder()),
    showGuidesFolder: () => done(commands.showGuidesFolder()),
    readOwnGuides: () => answer(commands.readOwnGuides()),
    onClosing: (save) => events.closing.listen(() => void save()),

    listProjects: () => answer(commands.listProjects()),
    createProject: (asked, accessToken) => answer(commands.createProject(asked, accessToken)),
    openProject: (id) => answer(commands.openProject(id)),
    refreshProject: (id) => answer(commands.refreshProject(id)),
    removeProject: (id) => done(commands.removeProject(id)),
    restoreProject: (id) => answer(commands.restoreProject(id)),
    rememberPlace: (id, place) => done(commands.rememberPlace(id, place)),
    planSwitch: (id, target) => edits.after(() => answer(commands.planSwitch(id, target))),
    switchProject: (id, target, accessToken) => edits.add(() => answer(commands.switchProject(id, target, accessToken))),
    undoSwitch: (id) => edits.add(() => answer(commands.undoSwitch(id))),
    signIn: (id, accessToken) => answer(commands.signIn(id, accessToken)),
    signInInBrowser: async (url, signal) => void (await stoppable(signal, (run) => commands.signInInBrowser(url, run))),
    auditLog: (id) => answer(commands.auditLog(id)),
    licenceKeys: (id) => answer(commands.licenceKeys(id)),
    removeLicenceKey: (id, key) => answer(commands.removeLicenceKey(id, key)),
    registerLicenceKey: (id, key, name, perUser) => answer(commands.registerLicenceKey(id, key, name, perUser)),
    guide: (id) => answer(commands.guide(id)),

    explain: (text) => answer(commands.explain(text)),
    checkAnswer: (id, purpose, text) => edits.after(() => answer(commands.checkAnswer(id, purpose, text))),
    chooseAnswer: (id, purpose) => edits.after(() => answer(commands.chooseAnswer(id, purpose))),
    readDroppedAnswer: (id, purpose) => edits.after(() => answer(commands.readDroppedAnswer(id, purpose))),
    startSignInTest: (id, purpose) => edits.after(() => answer(commands.startSignInTest(id, purpose))),
    followSignInTest: (id, purpose) => answer(commands.followSignInTest(id, purpose)),
    forgetSignInTest: (id, purpose) => edits.add(() => answer(commands.forgetSignInTest(id, purpose))),
    mapKeycloakGroups: (id, groups) => edits.after(() => answer(commands.mapKeycloakGroups(id, groups))),
    beginPolisSignIn: (id) => edits.after(() => answer(commands.beginPolisSignIn(id))),
    sayPolisSignIn: (id, cameThrough) => edits.add(() => answer(commands.sayPolisSignIn(id, cameThrough))),
    polisSignIns: (id) => answer(commands.polisSignIns(id)),
    diagnoses: () => answer(commands.diagnoses()),

    activate: (id, withoutSignIn) => edits.after(() => answer(commands.activate(id, withoutSignIn))),
    deactivate: (id) => answer(commands.deactivate(id)),

    confirm: (id, confirmation, given) => edits.add(() => answer(commands.confirm(id, confirmation, given))),
    markStep: (id, step, marked) => edits.after(() => answer(commands.markStep(id, step, marked))),
    pushStep: (id, step) => edits.after(() => answer(commands.pushStep(id, step))),
    resolveConflict: (id, keep) => edits.after(() => answer(commands.resolveConflict(id, keep))),

    handOver: (id, step, to, note, way) => edits.after(() => answer(commands.handOver(id, step, to, note, way))),
    takeBack: (id, step) => answer(commands.takeBack(id, step)),
    openHandOver: () => answer(commands.openHandOver()),
    openGivenHandOver: () => answer(commands.openGivenHandOver()),
    onFileGiven: (heard) => events.fileGiven.listen(() => heard()),
    openDroppedHandOver: () => answer(commands.openDroppedHandOver()),
    saveResult: (id) => edits.after(() => answer(commands.saveResult(id))),
    resolveHandOver: (id, step, keep) => edits.after(() => answer(commands.resolveHandOver(id, step, keep))),
    saveDossier: (id, form) => edits.after(() => answer(commands.saveDossier(id, form))),

    addDomains: (id, text) => answer(commands.addDomains(id, text)),
    sharing: (id) => answer(commands.sharing(id)),
    takeDomains: (id, other, names) => answer(commands.takeDomains(id, other, names)),
    removeDomain: (id, name) => answer(commands.removeDomain(id, name)),
    checkDomain: (id, name, signal, heard) => told(heard, (run) => stoppable(signal, () => commands.checkDomain(id, name, run), run)),
    domainHistory: (id, name) => answer(commands.domainHistory(id, name)),
    domainCommands: (id, name) => answer(commands.domainCommands(id, name)),
    recordSheet: (asked) => answer(commands.recordSheet(asked)),
    dnsHostNamed: (zone, signal) => stoppable(signal, (run) => commands.dnsHostNamed(zone, run)),
    askDnsHost: async (zone, signal) => void (await stoppable(signal, (run) => commands.askDnsHost(zone, run))),
    openDnsPanel: (zone) => done(commands.openDnsPanel(zone)),
    saveRecordPage: (asked) => answer(commands.saveRecordPage(asked)),
    mailRecord: (asked) => done(commands.mailRecord(asked)),
    serverOperators: (servers) => answer(commands.serverOperators(servers)),
    chooseDnsHost: (id, name, chosen) => edits.add(() => answer(commands.chooseDnsHost(id, name, chosen))),
    saveReport: (report) => answer(commands.saveReport(report)),
    openReport: () => answer(commands.openReport()),
    readDroppedReport: () => answer(commands.readDroppedReport()),
    readDomainList: (text) => answer(commands.readDomainList(text)),
    chooseDomainList: () => answer(commands.chooseDomainList()),
    readDroppedList: () => answer(commands.readDroppedList()),
    saveCsv: (name, rows) => answer(commands.saveCsv(name, rows)),
    resolvers: () => answer(commands.resolvers()),
    setResolvers: (edit) => answer(commands.setResolvers(edit)),
    compareDomain: (id, name, signal) => stoppable(signal, (run) => commands.compareDomain(id, name, run)),
    compareDomainOverHttps: (id, name, signal) => stoppable(signal, (run) => commands.compareDomainOverHttps(id, name, run)),
    compareReport: (report, signal) => stoppable(signal, (run) => commands.compareReport(report, run)),
    compareReportOverHttps: (report, signal) => stoppable(signal, (run) => commands.compareReportOverHttps(report, run)),
    checkAnyDomain: (text, label, expected, signal, heard) =>
      told(heard, (run) => stoppable(signal, () => commands.checkAnyDomain(text, label, expected, run), run)),

    watchList: () => answer(commands.watchList()),
    watchRecord: (text, label, expected) => answer(commands.watchRecord(text, label, expected)),
    watchProjectDomain: (id, name) => answer(commands.watchProjectDomain(id, name)),
    pauseWatch: (watched, paused) => answer(commands.pauseWatch(watched, paused)),
    removeWatch: (watched) => answer(commands.removeWatch(watched)),
    restoreWatch: () => answer(commands.restoreWatch()),
    checkWatched: (watched) => answer(commands.checkWatched(watched)),
    onWatchListChanged: (heard) => events.watchListChanged.listen(() => heard()),
    onWatchNews: (heard) => events.watchNews.listen(({ payload }) => heard(payload)),
    onWatchOpened: (heard) => events.watchOpened.listen(({ payload }) => heard(payload.subject)),
    background: () => answer(commands.background()),
    keepWatching: (keep) => answer(commands.keepWatching(keep)),
    quit: () => done(commands.quit()),

    editAppRegistration: (id, edit) => edits.add(() => answer(commands.editAppRegistration(id, edit))),
    editGroups: (id, edit) => edits.add(() => answer(commands.editGroups(id, edit))),

    editSaml: (id, edit) => edits.add(() => answer(commands.editSaml(id, edit))),
    readDroppedMetadata: (id) => answer(commands.readDroppedMetadata(id)),
    chooseMetadata: (id) => answer(commands.chooseMetadata(id)),
    pasteMetadata: (id, text) => answer(commands.pasteMetadata(id, text)),
    fetchMetadata: (id, url, allowPrivate, signal) => stoppable(signal, (run) => commands.fetchMetadata(id, url, allowPrivate, run)),
    fetchMetadataAgain: (id, signal) => stoppable(signal, (run) => commands.fetchMetadataAgain(id, run)),
    checkMetadataSignature: (id) => answer(commands.checkMetadataSignature(id)),
    findEntities: (id, text) => answer(commands.findEntities(id, text)),
    setSamlOptions: (id, options) => answer(commands.setSamlOptions(id, options)),
    chooseEntity: (id, entityId) => answer(commands.chooseEntity(id, entityId)),
    saveSpMetadata: (id) => answer(commands.saveSpMetadata(id)),
    editRollover: (id, edit) => edits.add(() => answer(commands.editRollover(id, edit))),

    listCertificates: () => answer(commands.listCertificates()),
    inspectCertificates: (text) => answer(commands.inspectCertificates(text)),
    chooseCertificates: () => answer(commands.chooseCertificates()),
    readDroppedCertificates: () => answer(commands.readDroppedCertificates()),
    saveReminders: (project) => answer(commands.saveReminders(project)),
    onFileDropped: (heard) => events.fileDropped.listen(({ payload }) => heard(payload)),
    onFileHover: (heard) => events.fileHover.listen(({ payload }) => heard(payload.over)),

    editPortal: (id, edit) => edits.add(() => answer(commands.editPortal(id, edit))),
    chooseSpMetadata: (id) => answer(commands.chooseSpMetadata(id)),
    pasteSpMetadata: (id, text) => answer(commands.pasteSpMetadata(id, text)),

    editSupport: (id, edit) => edits.add(() => answer(commands.editSupport(id, edit))),
    savePackage: (id) => answer(commands.savePackage(id)),
    writePackageMail: (id) => done(commands.writePackageMail(id)),

    editScim: (id, edit) => edits.after(() => answer(commands.editScim(id, edit))),
    keepScimToken: (id, token) => answer(commands.keepScimToken(id, token)),
    issueScimToken: (id, keepDays) => answer(commands.issueScimToken(id, keepDays)),
    takePolisDirectory: (id, baseUrl) => answer(commands.takePolisDirectory(id, baseUrl)),
    redirectPolis: (id, to) => edits.after(() => answer(commands.redirectPolis(id, to))),
    revokeScimToken: (id, hint) => answer(commands.revokeScimToken(id, hint)),
    copyScimToken: (id) => done(commands.copyScimToken(id)),
    scimCalls: (id) => answer(commands.scimCalls(id)),
    rehearseProvisioning: async (id, signal, heard) => {
      const run = crypto.randomUUID();
      const stop = await events.rehearsalProgress.listen(({ payload }) => payload.run === run && heard(payload.so_far));
      try {
        return await stoppable(signal, () => commands.rehearseProvisioning(id, run), run);
      } finally {
        stop();
      }
    },

    qrCode: (text) => answer(commands.qrCode(text)),
    saveUserPage: (id) => answer(commands.saveUserPage(id)),
    editWalk: (id, edit) => edits.add(() => answer(commands.editWalk(id, edit))),
    editUsers: (id, edit) => edits.add(() => answer(commands.editUsers(id, edit))),
    lookForUsers: (id) => answer(commands.lookForUsers(id)),
    editBackupLogin: (id, edit) => edits.add(() => answer(commands.editBackupLogin(id, edit))),
  };
}

async function answer<T>(asked: Promise<Outcome<T>>): Promise<T> {
  const outcome = await asked.catch((thrown: unknown) => {
    throw HostError.from(thrown);
  });
  if (outcome.status === "error") throw HostError.from(outcome.error);
  return outcome.data;
}

async function done(asked: Promise<Outcome<null>>): Promise<void> {
  await answer(asked);
}

/** A command that can be stopped: it runs under a name, and aborting asks the core to end the run of that name. */
async function stoppable<T>(
  signal: AbortSignal,
  command: (run: string) => Promise<Outcome<T>>,
  run: string = crypto.randomUUID(),
): Promise<T> {
  const stop = () => void done(commands.cancel(run));
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await answer(command(run));
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Work under a name, with what is heard of it meanwhile. */
async function told<T>(heard: ((soFar: CheckSoFar) => unknown) | undefined, work: (run: string) => Promise<T>): Promise<T> {
  const run = crypto.randomUUID();
  const stop = heard && (await events.checkProgress.listen(({ payload }) => payload.run === run && heard(payload.so_far)));
  try {
    return await work(run);
  } finally {
    stop?.();
  }
}
