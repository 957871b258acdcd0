import { SettableClock } from '@portillon/testing';
import { RedisConnection } from './redis-connection';

const endpoints = (url: string) =>
  new RedisConnection(url, new SettableClock()).tlsEndpoints.map(({ host, port }) => `${host} ${port}`);

describe('the certificates of Redis', () => {
  it.each([
    ['the server', 'rediss://:secret@[fd00::3]:6380', ['fd00::3 6380']],
    ['the server at its usual port', 'rediss://valkey.example', ['valkey.example 6379']],
    [
      'each sentinel',
      'rediss+sentinel://10.0.0.1,10.0.0.2:26380/portillon',
      ['10.0.0.1 26379', '10.0.0.2 26380'],
    ],
    ['none in clear', 'redis://valkey.example', []],
    ['none of sentinels in clear', 'redis+sentinel://10.0.0.1/portillon', []],
  ])('are those of %s', (_whose, url, expected) => expect(endpoints(url)).toEqual(expected));
});
