/** Name and address of a sender. */
export interface Mailbox {
  name: string;
  address: string;
  domain: string;
}

const MAILBOX =
  /^(?:"?([^"<>\p{Cc}]*?)"?\s*<([^\s<>\p{Cc}]+@[^\s<>@\p{Cc}]+)>|([^\s<>\p{Cc}]+@[^\s<>@\p{Cc}]+))$/u;

/** Reads `Name <address>` or a bare address. @throws Error naming the option for another text */
export function parseMailbox(text: string): Mailbox {
  const match = MAILBOX.exec(text.trim());
  if (!match) throw new Error('notification: "mail.from" is neither an address nor "Name <address>"');
  const address = match[2] ?? match[3]!;
  return { name: match[1]?.trim() ?? '', address, domain: address.slice(address.lastIndexOf('@') + 1) };
}
