import { commonDomain } from './ticket.cookie';

const common = (card: string, page: string) => commonDomain(`https://${card}`, `https://${page}`);

describe('the domain of the ticket’s cookie', () => {
  it('is none for one host, whatever its ports', () => {
    expect(common('portillon.example:8443', 'portillon.example')).toBeUndefined();
    expect(common('127.0.0.1:8443', '127.0.0.1:3000')).toBeUndefined();
  });

  it('is the smallest that holds both', () => {
    expect(common('carte.portillon.example', 'portillon.example')).toBe('portillon.example');
    expect(common('carte.sante.example', 'portail.sante.example')).toBe('sante.example');
    expect(common('a.b.portillon.example', 'c.b.portillon.example')).toBe('b.portillon.example');
  });

  it.each([
    ['carte.example', 'portillon.example'],
    ['carte.one.example', 'portillon.two.example'],
    ['127.0.0.1', '127.0.0.2'],
    ['notportillon.example', 'portillon.example'],
  ])('does not exist for %s and %s', (card, page) => expect(() => common(card, page)).toThrow());
});
