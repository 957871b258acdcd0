import { olderThanTested } from './version.findings';

describe('the versions around the server', () => {
  it.each([
    [undefined, ''],
    ['10.11.19-MariaDB-0+deb12u1', 'NAME="Debian GNU/Linux"\nID=debian\nVERSION_ID="12"\n'],
    ['11.8.3-MariaDB', 'ID=debian\nVERSION_ID="13"\n'],
    ['8.4.6', 'ID=ubuntu\nVERSION_ID="10.04"\n'],
    ['9.7.4-2', ''],
  ])('are not worth a line where the tests run on them: %s', (version, osRelease) => {
    expect(olderThanTested(version, osRelease)).toEqual([]);
  });

  it.each([
    ['10.6.22-MariaDB', '', 'MariaDB 10.6.22-MariaDB is older than 10.11, the oldest tested'],
    ['8.0.43', '', 'MySQL 8.0.43 is older than 8.4, the oldest tested'],
    [undefined, 'ID=debian\nVERSION_ID="11"\n', 'Debian 11 is older than 12, the oldest tested'],
  ])('are remarked on where they are older: %s', (version, osRelease, text) => {
    expect(olderThanTested(version, osRelease)).toEqual([{ state: 'remark', text, advice: 'upgrade it' }]);
  });
});
