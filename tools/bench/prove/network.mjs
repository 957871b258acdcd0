import { execFileSync } from 'node:child_process';

const BRIDGE = 'portillon';
const NET = '10.79.3';

/** Hosts on one bridge, each in a network namespace, whose connections can be cut in each direction. Needs root. */
export class Network {
  /** Address on the bridge of this machine itself. */
  static own = `${NET}.1`;
  #hosts = new Map();

  static open() {
    const network = new Network();
    ip(`link add ${BRIDGE} type bridge`);
    ip(`addr add ${Network.own}/24 dev ${BRIDGE}`);
    ip(`link set ${BRIDGE} up`);
    return network;
  }

  /** A namespace with the address that ends with `number`. Returns the address. */
  addHost(name, number) {
    const address = `${NET}.${number}`;
    const [outer, inner] = [`ptl-${number}`, `pti-${number}`];
    ip(`netns add ${name}`);
    ip(`link add ${outer} type veth peer name ${inner} netns ${name}`);
    ip(`link set ${outer} master ${BRIDGE} up`);
    ip(`-n ${name} addr add ${address}/24 dev ${inner}`);
    ip(`-n ${name} link set ${inner} up`);
    ip(`-n ${name} link set lo up`);
    this.#hosts.set(name, address);
    return address;
  }

  /** Another address of this machine, for a proxy that connects from it. */
  addAddress(number) {
    ip(`addr add ${NET}.${number}/24 dev ${BRIDGE}`);
    return `${NET}.${number}`;
  }

  /** Command and arguments that run there. */
  inside(name, args) {
    return ['ip', ['netns', 'exec', name, ...args]];
  }

  /** What `name` receives from these addresses is dropped; it still sends. */
  deafen(name, addresses) {
    for (const address of addresses) iptables(name, `-A INPUT -s ${address} -j DROP`);
  }

  /** This share of what `name` receives is dropped. */
  lose(name, share) {
    iptables(name, `-A INPUT -i pti+ -m statistic --mode random --probability ${share} -j DROP`);
  }

  heal() {
    for (const name of this.#hosts.keys()) iptables(name, '-F');
  }

  close() {
    for (const name of this.#hosts.keys()) ip(`netns delete ${name}`);
    ip(`link delete ${BRIDGE}`);
  }
}

function ip(line) {
  execFileSync('ip', line.split(' '), { stdio: ['ignore', 'ignore', 'inherit'] });
}

function iptables(name, line) {
  execFileSync('ip', ['netns', 'exec', name, 'iptables', '-w', ...line.split(' ')], { stdio: 'inherit' });
}
