/** Characters that would end the script element, or begin another (HTML, 4.12.1.3). */
const MARKUP = /[<>&\u2028\u2029]/g;
/** The name alone in an element, as the page was built: its title, and its header. */
const NAME = /(?<=>)Portillon(?=<)/g;

/**
 * Writes answers into a page as a data block, and the name of the service where the page shows it before its script runs.
 * No browser runs the block, whatever names it contains, and the content security policy needs no exception.
 */
export function pageWithAnswers(html: string, answers: { service: { name: string } }): string {
  const json = JSON.stringify(answers).replace(
    MARKUP,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const name = answers.service.name.replace(MARKUP, (mark) => `&#${mark.charCodeAt(0)};`);
  const [head = '', ...rest] = html.replace(NAME, () => name).split('</head>');
  return `${head}<script type="application/json" id="answers">${json}</script></head>${rest.join('</head>')}`;
}
