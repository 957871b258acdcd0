/** The page that reads the OpenAPI document: Swagger UI, in colours and an outline that everyone can read. */
export const DOCS_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Portillon API</title>
<link rel="stylesheet" href="/api/docs/assets/swagger-ui.css">
<link rel="stylesheet" href="/api/docs/theme.css">
<script src="/api/docs/assets/swagger-ui-bundle.js" defer></script>
<script src="/api/docs/start.js" defer></script>
</head>
<body><div id="docs"></div></body>
</html>`;

/**
 * Left to itself, the reader puts a link into each operation's button, a list of one server without a name above them
 * all, its title into no landmark, and headings of the third level below that of the first.
 */
export const DOCS_START = `const outline = () => ({
  wrapComponents: {
    DeepLink: (Original, { React }) => ({ text }) => React.createElement('span', null, text),
    ServersContainer: () => () => null,
    InfoContainer: (Original, { React }) => (props) =>
      React.createElement('div', { role: 'banner' }, React.createElement(Original, props)),
    operations: (Original, { React }) => (props) =>
      React.createElement(React.Fragment, null,
        React.createElement('h2', null, 'Operations'),
        React.createElement(Original, props)),
  },
});
window.addEventListener('DOMContentLoaded', () =>
  SwaggerUIBundle({
    url: '/api/openapi.json',
    dom_id: '#docs',
    deepLinking: true,
    tryItOutEnabled: false,
    syntaxHighlight: false,
    // Each operation shows the schemas that it takes and gives.
    defaultModelsExpandDepth: -1,
    plugins: [outline],
  }));`;

/** Contrasts of 4.5:1 and more where the reader's own fall short; long examples break, rather than move sideways. */
export const DOCS_THEME = `.swagger-ui .info .title small.version-stamp { background-color: #3b5c00; }
.swagger-ui .info a, .swagger-ui .info .url, .swagger-ui .opblock-tag small a { color: #0b4f8a; }
.swagger-ui .opblock .opblock-summary-method { text-shadow: none; }
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #0b4f8a; }
.swagger-ui .opblock.opblock-post .opblock-summary-method { background: #0f5f3a; }
.swagger-ui .opblock.opblock-put .opblock-summary-method { background: #7a4300; }
.swagger-ui .opblock.opblock-patch .opblock-summary-method { background: #0a5a5a; }
.swagger-ui .opblock.opblock-delete .opblock-summary-method { background: #8e1b1b; }
.swagger-ui .btn.authorize { border-color: #0f5f3a; color: #0f5f3a; }
.swagger-ui .btn.authorize svg { fill: #0f5f3a; }
.swagger-ui .json-schema-2020-12-expand-deep-button, .swagger-ui .parameter__in,
.swagger-ui .parameter__extension, .swagger-ui .response-col_links { color: #3b4151; }
.swagger-ui .opblock-section-header .opblock-title_required, .swagger-ui .parameter__name.required span,
.swagger-ui .parameter__name.required::after, .swagger-ui .opblock-title span sup,
.swagger-ui sup { color: #a11212; }
.swagger-ui pre.example, .swagger-ui .highlight-code > pre {
  overflow: visible !important; white-space: pre-wrap; overflow-wrap: anywhere;
}
.swagger-ui .response-col_links { display: none; }
.swagger-ui h2 { margin: 20px 0 10px 10px; }
@media (max-width: 640px) {
  .swagger-ui .opblock-tag { flex-wrap: wrap; }
  .swagger-ui .opblock-tag small { flex: 1 0 100%; order: 1; padding: 0; }
  .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
  .swagger-ui .wrapper { padding: 0 8px; }
}`;
