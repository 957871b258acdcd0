import { pageWithAnswers } from './page-answers.service';

const PAGE =
  '<html><head><title>Portillon</title></head><body><span class="bold">Portillon</span></body></html>';
const blockOf = (html: string) =>
  /<script type="application\/json" id="answers">(.*?)<\/script>/s.exec(html)![1]!;

describe('the answers in a page', () => {
  it.each(['</script><script>alert(1)</script>', '<!--<script>', '&lt;', '\u2028', '$& $1', '</head>'])(
    'stay data, and whole, when a name is %j',
    (name) => {
      const html = pageWithAnswers(PAGE, { service: { name } });
      expect(blockOf(html)).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.parse(blockOf(html))).toEqual({ service: { name } });
      expect(html.split('<script')).toHaveLength(2);
    },
  );

  it('are in the head, before the scripts, and name the service before the script runs', () =>
    expect(pageWithAnswers(PAGE, { service: { name: 'Accès <CHU> & Cie' } })).toBe(
      '<html><head><title>Accès &#60;CHU&#62; &#38; Cie</title><script type="application/json" id="answers">{"service":{"name":"Accès \\u003cCHU\\u003e \\u0026 Cie"}}</script></head><body><span class="bold">Accès &#60;CHU&#62; &#38; Cie</span></body></html>',
    ));
});
