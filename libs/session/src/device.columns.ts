import type { Device } from './session/session.types';

const USER_AGENT_LENGTH = 255;
const ADDRESS_LENGTH = 45;

/** Cuts a device to the length of its columns, so that a long header does not fail a sign-in. */
export function deviceColumns({ userAgent, address }: Device): Device {
  return { userAgent: userAgent.slice(0, USER_AGENT_LENGTH), address: address.slice(0, ADDRESS_LENGTH) };
}
