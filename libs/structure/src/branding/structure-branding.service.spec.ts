import { accentOf, readableAccent } from './structure-branding.service';

describe('the colour of a structure', () => {
  it('stays as it is where it can be read on white', () => {
    expect(readableAccent('#0a5650')).toBe('#0a5650');
    expect(readableAccent('#000000')).toBe('#000000');
  });

  it.each([
    ['#ffffff', '#595959'],
    ['#ff0000', '#b50000'],
    ['#00aa55', '#006733'],
    ['#1d70b8', '#175b96'],
  ])('%s is darkened to %s, of the same hue', (asked, shown) => {
    expect(readableAccent(asked)).toBe(shown);
  });

  it.each(['red', '#fff', '#12345g', '#1234567', 'url(#a)', ''])('is none in %j', (text) => {
    expect(accentOf(text)).toBeUndefined();
  });
});
