import { afterEach, describe, expect, it } from 'vitest';
import { dropLinkToken, linkToken, watchLinkTokens } from './link-token';

function open(address: string) {
  history.replaceState({ position: 3 }, '', address);
  watchLinkTokens();
}
afterEach(() => {
  dropLinkToken();
  history.replaceState(null, '', '/');
});

describe('the secret of a link', () => {
  it.each(['/mot-de-passe', '/invitation', '/ce-n-etait-pas-moi'])(
    'is taken out of the address bar of %s',
    (path) => {
      open(`${path}#id.secret`);
      expect(linkToken.value).toBe('id.secret');
      expect(location.pathname + location.hash).toBe(path);
      expect(history.state).toEqual({ position: 3 });
    },
  );

  it('is no business of another page, whose anchor stays', () => {
    open('/aide#code-expire');
    expect(linkToken.value).toBe('');
    expect(location.hash).toBe('#code-expire');
  });

  it('of a link opened later takes the place of the one before; an address without one changes nothing', () => {
    open('/mot-de-passe#first');
    open('/mot-de-passe#second');
    open('/mot-de-passe');
    expect(linkToken.value).toBe('second');
    dropLinkToken();
    expect(linkToken.value).toBe('');
  });
});
