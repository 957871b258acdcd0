import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const PATH_FOLDERS = (process.env.PATH ?? '').split(delimiter);
/** Adds the `sbin` beside each `bin`, which Debian leaves out of users' PATH. Nothing else: see `bare.mjs`. */
const FOLDERS = [
  ...PATH_FOLDERS,
  ...PATH_FOLDERS.filter((folder) => /[/]bin$/.test(folder)).map((folder) => join(folder, '../sbin')),
];
const CHROMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const MAC_CHROMES = ['Google Chrome', 'Chromium'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

/** Whether this is CI, where no test may be skipped. */
export const IN_CI = Boolean(process.env.CI) && process.env.CI !== 'false';

/** Programs that some tests need; each is a path, or undefined. */
export const machine = {
  mariadb: find('mariadbd'),
  nginx: find('nginx'),
  caddy: find('caddy'),
  haproxy: find('haproxy'),
  apacheOpenId: find('apache2') && existing('/usr/lib/apache2/modules/mod_auth_openidc.so'),
  apacheOauth: find('apache2') && existing('/usr/lib/apache2/modules/mod_oauth2.so'),
  lemonLdap: find('starman') && existing('/usr/share/lemonldap-ng/portal'),
  kannel: find('bearerbox'),
  oathtool: find('oathtool'),
  opendkim: find('opendkim'),
  postfix: find('postfix'),
  rsyslog: find('rsyslogd'),
  zbarimg: find('zbarimg'),
  redis: find('valkey-server') ?? find('redis-server'),
  openssl: find('openssl'),
  prometheus:
    find('prometheus') && find('promtool') && find('amtool') && find('prometheus-blackbox-exporter'),
  systemd: find('systemd-analyze'),
  kustomize: find('kustomize'),
  chromium:
    process.env.CHROMIUM_PATH ??
    CHROMES.map(find).find(Boolean) ??
    MAC_CHROMES.find((path) => existsSync(path)),
};

/** Tests that `npm test` cannot run on this machine, and how to enable them, one phrase each. */
export function gaps() {
  return [
    [
      machine.mariadb,
      'the database tests on MariaDB (apt-get install mariadb-server-core mariadb-client-core)',
    ],
    [machine.openssl, 'the tests with certificates (apt-get install openssl)'],
    [machine.nginx && machine.openssl, 'the tests of the proxy (apt-get install nginx-light openssl)'],
    [machine.caddy, 'the tests of the gate behind Caddy (apt-get install caddy)'],
    [machine.haproxy, 'the tests of the gate behind HAProxy (apt-get install haproxy)'],
    [
      machine.apacheOpenId,
      'the tests with mod_auth_openidc of Apache (apt-get install libapache2-mod-auth-openidc)',
    ],
    [machine.apacheOauth, 'the tests with mod_oauth2 of Apache (apt-get install libapache2-mod-oauth2)'],
    [
      machine.lemonLdap,
      'the tests with LemonLDAP::NG (apt-get install starman liblemonldap-ng-portal-perl libcrypt-jwt-perl libmime-tools-perl libemail-sender-perl libstring-random-perl)',
    ],
    [machine.kannel, 'the tests with Kannel and an operator’s SMPP (apt-get install kannel)'],
    [
      machine.oathtool && machine.zbarimg,
      'the tests with an authenticator app (apt-get install oathtool zbar-tools)',
    ],
    [machine.rsyslog, 'the tests of the stream of the journal (apt-get install rsyslog rsyslog-openssl)'],
    [machine.opendkim, 'the tests of DKIM (apt-get install opendkim)'],
    [
      machine.prometheus,
      'the rules of alerts (apt-get install prometheus prometheus-alertmanager prometheus-blackbox-exporter)',
    ],
    [machine.kustomize, 'the files for Kubernetes (apt-get install kustomize)'],
    [machine.systemd, 'the units of systemd (apt-get install systemd)'],
    [machine.postfix, 'the test of mails that come back (apt-get install postfix; as root)'],
  ].flatMap(([found, phrase]) => (found ? [] : [phrase]));
}

/** Path of a program, or undefined. */
export function find(program) {
  return FOLDERS.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

function existing(path) {
  return existsSync(path) ? path : undefined;
}

// Input for Nx, which reuses a test result only on machines with the same programs.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(JSON.stringify(machine));
