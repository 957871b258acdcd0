import { describeGate } from '../harness/applications/gate-ways';
import { guideBlock } from '../harness/applications/guide-block';

// Traefik waits 30 seconds for a gate that hangs, and has no option for it.
jest.setTimeout(60_000);

describe('an application behind Traefik', () => {
  describeGate((proxy, { application, portillon }) => {
    const block = guideBlock('traefik.md', 'yaml', [['app.example', 'app.test'], application, portillon]);
    return proxy.startTraefik(block, 'app.test');
  });
});
