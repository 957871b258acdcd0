import type { ErrorDefinition, Locale } from '@portillon/kernel';

const WORDS = {
  fr: { cause: 'Cause et remède', status: 'Statut HTTP', operations: 'Opérations de l’API qui le donnent' },
  en: { cause: 'Cause, and what to do', status: 'HTTP status', operations: 'API operations that give it' },
};
const MARKUP: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

interface Document {
  paths: Record<string, Record<string, { responses: object }>>;
}

/** Returns the page of an error code, from the library's declaration and the operations of the OpenAPI document. */
export function errorPage(code: string, definition: ErrorDefinition, locale: Locale, document: Document) {
  const { cause, status, operations } = WORDS[locale];
  const { title, detail } = definition[locale];
  const found = operationsThatGive(code, document).map(
    // A long path may wrap: the page must also be readable at 320 px.
    (one) => `<li><code>${one.replaceAll('/', '/<wbr>')}</code></li>`,
  );
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${code} – Portillon</title>
</head>
<body><main>
<h1>${escaped(title)}</h1>
<p><code>${code}</code> · ${status} ${definition.status}</p>
<h2>${cause}</h2>
<p>${escaped(detail)}</p>
${found.length > 0 ? `<h2>${operations}</h2>\n<ul>${found.join('')}</ul>` : ''}
</main></body>
</html>`;
}

function operationsThatGive(code: string, { paths }: Document): string[] {
  const marks = [`\`${code}\``, `"#/components/responses/${code}"`];
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, { responses }]) => marks.some((mark) => JSON.stringify(responses).includes(mark)))
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  );
}

function escaped(text: string): string {
  return text.replace(/[<>&"]/g, (mark) => MARKUP[mark]!);
}
