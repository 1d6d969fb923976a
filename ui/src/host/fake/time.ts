const minute = 60_000;

/** So many minutes ago, as a timestamp; negative for the future. */
export const ago = (minutes: number): string => new Date(Date.now() - minutes * minute).toISOString();
export const days = 24 * 60;
