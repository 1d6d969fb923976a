import type { DomainEntry, ProjectView, SharedDomain, Sharing } from "../types";

const named = ({ name, unicode }: DomainEntry): SharedDomain => ({ name, unicode });

/** The other projects of the same organization, as the core compares them. */
export function sharing({ project }: ProjectView, all: ProjectView[]): Sharing[] {
  const others = all.map((view) => view.project).filter((other) => other.id !== project.id && other.organization === project.organization);
  return others.map((other) => {
    const has = (one: typeof project, name: string) => one.domains.entries.some((entry) => entry.name === name);
    const [mine, theirs] = [project.domains.entries, other.domains.entries];
    return {
      project: other.id,
      idp_name: { entra: "Microsoft Entra ID", okta: "Okta" }[other.idp] ?? other.idp,
      same_place: project.backend.kind === other.backend.kind,
      both: mine.filter(({ name }) => has(other, name)).map(named),
      only_here: mine.filter(({ name }) => !has(other, name)).map(named),
      only_there: theirs.filter(({ name }) => !has(project, name)).map(named),
    };
  });
}

export function takeDomains({ project }: ProjectView, other: ProjectView, names: string[]): void {
  project.domains.entries.push(...other.project.domains.entries.filter(({ name }) => names.includes(name)));
}
