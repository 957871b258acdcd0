import { isGateCallback } from './application-uri.policy';

it('behind the gate, the redirect address is that of the site followed by the path of the gate', () => {
  expect(isGateCallback('https://app.example/.portillon/callback')).toBe(true);
  for (const path of ['/portillon/callback', '/.portillon/callback/', '/.portillon/callback?x', '/'])
    expect([path, isGateCallback(`https://app.example${path}`)]).toEqual([path, false]);
});
