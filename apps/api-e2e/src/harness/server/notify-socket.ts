import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Node opens no datagram socket of the file system. */
const RECEIVE = `
  my $socket = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => shift) or die $!;
  $| = 1;
  print "open\\n";
  while (defined $socket->recv(my $text, 4096)) { print "$text\\n" }`;

/** The socket at which systemd hears its units. */
export class NotifySocket {
  readonly heard: string[] = [];

  private constructor(
    readonly path: string,
    private readonly process: ChildProcess,
  ) {}

  /** Whether `systemd-notify` is on this machine. In CI it must be. */
  static available(): boolean {
    return existsSync('/usr/bin/systemd-notify') || Boolean(process.env['CI']);
  }

  static async open(folder: string): Promise<NotifySocket> {
    const path = join(folder, 'notify.socket');
    const child = spawn('perl', ['-MIO::Socket::UNIX', '-e', RECEIVE, path], {
      stdio: ['ignore', 'pipe', 2],
    });
    const lines = createInterface({ input: child.stdout! });
    await once(lines, 'line');
    const socket = new NotifySocket(path, child);
    lines.on('line', (line) => socket.heard.push(line));
    return socket;
  }

  close(): void {
    this.process.kill('SIGKILL');
  }
}
