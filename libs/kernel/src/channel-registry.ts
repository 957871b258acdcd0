import type { Locale } from './errors/errors.types';

/** Channels by which messages and their codes reach people; a library that sends by one adds its name (docs/adr/0021). */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the kernel sends nothing
export interface Channels {}

/** The name of a channel, at most 8 characters; any text where no library has added one. */
export type Channel = keyof Channels extends never ? string : keyof Channels;

/** Name of a code that came by a channel, in `amr` and in the proof of a session. */
export type ChannelProof = keyof Channels extends never
  ? string
  : Channels[keyof Channels] extends { proof: infer Proof }
    ? Proof
    : never;

export interface ChannelDefinition {
  /** A mobile number takes codes once it is proved, under the limits against pumping: messages to it cost money. */
  readonly reaches: 'email' | 'phone';
  readonly proof: ChannelProof;
  /** Level that its codes prove beside a password. Default: that of `ACR_OF_MEANS`, or the lowest. */
  readonly acr?: string;
  /** Its name within a sentence. */
  readonly text: Readonly<Record<Locale, string>>;
}

const definitions = new Map<Channel, ChannelDefinition>();

/** @throws Error when another library has a channel of this name */
export function declareChannel(name: Channel, definition: ChannelDefinition): void {
  if (definitions.has(name)) throw new Error(`Two libraries declare the channel "${name}"`);
  definitions.set(name, definition);
}

/** Declared channels, in order of declaration. Ask when they are needed: a library that is loaded later adds its own. */
export function channelNames(): Channel[] {
  return [...definitions.keys()];
}

/** @throws Error when no library declares it */
export function channelOf(name: Channel): ChannelDefinition {
  const definition = definitions.get(name);
  if (!definition) throw new Error(`No library declares the channel "${name}"`);
  return definition;
}

/** Form in which a session keeps a code that came by the channel. */
export function proofBy(name: Channel): { code: ChannelProof; acr?: string } {
  const { proof: code, acr } = channelOf(name);
  return { code, ...(acr && { acr }) };
}

/** Whether the channel reaches a mobile number. */
export function reachesPhone(name: Channel): boolean {
  return channelOf(name).reaches === 'phone';
}

/** Whether the channel reaches the mail address, without a number that must be proved first. */
export function reachesMail(name: Channel): boolean {
  return name === 'EMAIL' || definitions.get(name)?.reaches === 'email';
}
