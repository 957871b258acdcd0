import { describeGate } from './harness/gate-ways';
import { guideBlock } from './harness/guide-block';
import { describeWithHaproxy } from './harness/reverse-proxy';

describeWithHaproxy('an application behind HAProxy', () => {
  describeGate((proxy, { application, portillon }) => {
    const configuration = guideBlock('haproxy.md', 'haproxy', [
      ['bind :443 ssl crt /etc/haproxy/app.example.pem', 'bind 127.0.0.1:PORT'],
      ['X-Forwarded-Proto https', 'X-Forwarded-Proto http'],
      ['app.example', 'app.test'],
      application,
      portillon,
    ]);
    return proxy.startHaproxy(configuration, guideBlock('haproxy.md', 'lua', [portillon]));
  });
});
