/** An API that an application may call: `https://api.example planning:read` is its audience, followed by its scopes. */
export interface ApplicationResource {
  audience: string;
  scopes: string[];
}

/** Parses the entries of `resources`. */
export function resourcesOf(entries: readonly string[]): ApplicationResource[] {
  return entries.map((entry) => {
    const [audience = '', ...scopes] = entry.split(' ');
    return { audience, scopes };
  });
}
