import type { Challenge, Channel, FactorWay } from '../../api/types';

/** The ways by which a message can be had: those of the server, and the one of the message that left already. */
export function channelsAmong(ways: FactorWay[], challenge: Challenge | null): Channel[] {
  const channels = ways.filter((way) => way === 'EMAIL' || way === 'SMS');
  return challenge ? [challenge.channel, ...challenge.otherChannels] : channels;
}
