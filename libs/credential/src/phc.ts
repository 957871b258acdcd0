/** Parameters of an Argon2id digest. */
export interface HashParameters {
  /** KiB. */
  memory: number;
  passes: number;
}

const ARGON2ID =
  /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,4}),p=(\d{1,2})\$([A-Za-z0-9+/]{22,})\$([A-Za-z0-9+/]{43,})$/;

/** Reads a digest in the PHC string format; nothing unless it is Argon2id version 19 with at least 256 bits. */
export function parsePhc(digest: string): HashParameters | undefined {
  const match = ARGON2ID.exec(digest);
  return match ? { memory: Number(match[1]), passes: Number(match[2]) } : undefined;
}

/** Makes a digest with these parameters that matches no known password. */
export function toPhc({ memory, passes }: HashParameters, salt: Buffer, hash: Buffer): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=1$${unpadded(salt)}$${unpadded(hash)}`;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
