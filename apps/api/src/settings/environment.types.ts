/** What a process is given of settings, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;
