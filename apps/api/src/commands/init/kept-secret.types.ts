/** Where an earlier run wrote a secret. */
export type KeptSecret = (name: string) => string | undefined;
