import { describeGate } from '../harness/applications/gate-ways';
import { guideBlock } from '../harness/applications/guide-block';

describe('an application behind Envoy', () => {
  describeGate((proxy, { application, portillon, timeoutMs }) => {
    const addresses = [application, portillon].map(([name, place]) => {
      const [host, port] = name.split(':');
      const [own, ownPort] = place.split(':');
      return [`address: ${host}, port_value: ${port}`, `address: ${own}, port_value: ${ownPort}`] as const;
    });
    const block = guideBlock('envoy.md', 'yaml', [
      ['address: 0.0.0.0, port_value: 8443', 'address: 127.0.0.1, port_value: PORT'],
      ['app.example', 'app.test'],
      ['3s', `${timeoutMs / 1_000}s`],
      ...addresses,
    ]);
    return proxy.startEnvoy(block);
  });
});
