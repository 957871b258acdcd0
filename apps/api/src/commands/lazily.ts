/** Runs a function of a module that is loaded when its command is called, so that `--help` answers at once. */
export function lazily<Module extends object>(load: () => Promise<Module>, name: keyof Module) {
  return async (...given: unknown[]): Promise<void> => {
    const run = (await load())[name] as (...given: unknown[]) => unknown;
    await run(...given);
  };
}
