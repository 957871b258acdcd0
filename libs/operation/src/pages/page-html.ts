/** Characters that would end the script element, or begin another (HTML, 4.12.1.3). */
const MARKUP = /[<>&\u2028\u2029]/g;

/**
 * Writes answers into a page as a data block. No browser runs it, whatever names it contains, and the content security
 * policy needs no exception.
 */
export function pageWithAnswers(html: string, answers: object): string {
  const json = JSON.stringify(answers).replace(
    MARKUP,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const [head = '', ...rest] = html.split('</head>');
  return `${head}<script type="application/json" id="answers">${json}</script></head>${rest.join('</head>')}`;
}
