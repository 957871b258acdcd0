import assert from 'node:assert/strict';
import { Service, PASSWORD } from './machine/service.mjs';
import { releaseArchive } from './release.mjs';
import { Machine } from './systemd.mjs';

/** What an operator brings; and what the machine installs itself, from its disk. */
const PACKAGES = ['ansible-core', 'openssl', 'python3-apt', 'sudo'];
const DOWNLOADS = ['curl', 'mariadb-backup', 'mariadb-server', 'nginx', 'nodejs', 'postfix', 'valkey-server'];
const NOT_ROOT = 77;
const TOO_LARGE = 65;
const FEWEST_REQUESTS = 200;
const PAGE = /<div id="?app/;

const CLAIMS = {
  'the role installs the service, which serves the sign-in page': async (service) => {
    assert.match(await service.play(), /failed=0/);
    assert.match(await service.get('/'), PAGE);
  },
  'a second run without a change changes nothing': async (service) => {
    assert.match(await service.play(), /changed=0 .*failed=0/);
  },
  'a serving process does not hold the account that migrates': async (service) => {
    const credentials = await service.must('ls /run/credentials/portillon@1.service');
    assert.equal(credentials, 'portillon_database-url\nportillon_secret-keys\nportillon_smtp-url\n');
  },
  'the commands of the runbook have settings, secrets, input and exit code': async (service) => {
    assert.match((await service.type('portillon doctor')).stdout, /^ok +database /m);
    assert.equal(await service.must('portillon migrate'), 'The database is up to date.\n');
    for (const name of ['claire', 'partie'])
      await service.must(
        `portillon account create --username ${name} --email ${name}@hopital.example --name ${name} --password-stdin`,
        { input: PASSWORD },
      );
    assert.match(await service.must('portillon account list'), /claire/);
    const people = 'identifiant;courriel;nom\npaul.durand;paul@hopital.example;Paul Durand\n';
    await service.must('umask 077 && cat >people.csv', { input: people });
    assert.match(await service.must('portillon account import people.csv --dry-run'), /CHECKED: 1 line/);
    assert.equal((await service.type('head -c 1048577 /dev/zero | portillon bounce')).code, TOO_LARGE);
    assert.match(
      (await service.type('portillon restore clean')).stderr,
      /^Stop every instance and worker first/,
    );
  },
  'a user other than root gets one sentence': async (service) => {
    const { code, stderr } = await service.type('setpriv --reuid=nobody --clear-groups portillon doctor');
    assert.deepEqual([code, stderr.trim().split('\n').length], [NOT_ROOT, 1]);
    assert.match(stderr, /sudo portillon doctor/);
  },
  'a person signs in with a code by mail': (service) => service.signIn(),
  'a mail that comes back reaches the command through Postfix': async (service) => {
    await service.password('partie');
    const marks = `SELECT data FROM auditEvent WHERE name = 'mail_address_unreachable'`;
    await service.until(`mariadb -N portillon -e "${marks}" | grep -F 5.1.1`);
  },
  'a changed setting, secret and release take effect, and no request fails': async (service) => {
    const load = service.underLoad();
    service.variables.portillon_settings.SERVICE_NAME = 'Sésame';
    service.variables.portillon_smtp_url = 'smtp://localhost:25';
    service.variables.portillon_release = '/root/next.tar.gz';
    await service.play();
    const { requests, failures } = await load.end();
    assert.deepEqual(failures, []);
    assert.ok(requests > FEWEST_REQUESTS, `only ${requests} requests`);
    assert.match(await service.get('/api/service'), /Sésame/);
    for (const unit of ['portillon@1', 'portillon@2']) {
      const secret = `/run/credentials/${unit}.service/portillon_smtp-url`;
      assert.equal(await service.must(`cat ${secret}`), 'smtp://localhost:25');
      await service.must(`test -e /proc/$(systemctl show --property=MainPID --value ${unit})/cwd/next`);
    }
    await service.signIn();
  },
  'a new certificate is served': async (service) => {
    const before = await service.certificate();
    await service.makeCertificate();
    await service.play();
    assert.notEqual(await service.certificate(), before);
    assert.match(await service.get('/'), PAGE);
  },
};

/** Installs a bare Debian 13 by the Ansible role, types the commands of the runbook, and changes it by a second run. */
export async function prove() {
  const archive = releaseArchive();
  const machine = await Machine.boot({ packages: PACKAGES, downloads: DOWNLOADS });
  try {
    const service = new Service(machine);
    await service.prepare(archive);
    for (const [claim, act] of Object.entries(CLAIMS)) {
      await act(service);
      console.log(`  ✓ ${claim}`);
    }
  } finally {
    await machine.close();
  }
}
