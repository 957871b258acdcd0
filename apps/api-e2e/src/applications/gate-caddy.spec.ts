import { describeGate } from '../harness/applications/gate-ways';
import { guideBlock } from '../harness/applications/guide-block';
import { describeWithCaddy } from '../harness/services/reverse-proxy';

describeWithCaddy('an application behind Caddy', () => {
  describeGate((proxy, { application, portillon, timeoutMs }) => {
    const block = guideBlock('caddy.md', 'caddyfile', [
      ['app.example {', 'http://app.test:PORT {\n  bind 127.0.0.1'],
      ['Host app.example', 'Host app.test'],
      ['3s', `${timeoutMs}ms`],
      application,
      portillon,
    ]);
    return proxy.startCaddy(block);
  });
});
