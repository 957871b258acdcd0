import type { Device } from './session.types';

const USER_AGENT_LENGTH = 255;
const ADDRESS_LENGTH = 45;

/** `userAgent` and `address` as their columns take them: a header of any length must not fail a sign-in. */
export function deviceColumns(device: Device): [userAgent: string, address: string] {
  return [device.userAgent.slice(0, USER_AGENT_LENGTH), device.address.slice(0, ADDRESS_LENGTH)];
}
