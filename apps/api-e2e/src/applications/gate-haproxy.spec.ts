import { describeGate } from '../harness/applications/gate-ways';
import { guideBlock } from '../harness/applications/guide-block';
import { describeWithHaproxy } from '../harness/services/reverse-proxy';

describeWithHaproxy('an application behind HAProxy', () => {
  describeGate((proxy, { application, portillon, timeoutMs }) => {
    const configuration = guideBlock('haproxy.md', 'haproxy', [
      ['bind :443 ssl crt /etc/haproxy/app.example.pem', 'bind 127.0.0.1:PORT'],
      ['X-Forwarded-Proto https', 'X-Forwarded-Proto http'],
      ['app.example', 'app.test'],
      application,
      portillon,
    ]);
    const script = guideBlock('haproxy.md', 'lua', [['timeout = 3000', `timeout = ${timeoutMs}`], portillon]);
    return proxy.startHaproxy(configuration, script);
  });
});
