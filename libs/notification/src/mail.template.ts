/**
 * The one mail of the house. Styles are written where they apply, because mail readers drop the rest and inlining
 * them at each sending would be paid on the way of a sign-in. No image, no request elsewhere.
 * Tables place things (role="presentation"), or hold data (th scope="row").
 */
export const MAIL_TEMPLATE = `<!doctype html>
<html lang="{{locale}}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>{{subject}}</title>
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
.page { background: #14181f !important; }
.card { background: #1d232c !important; border-color: #3a4452 !important; }
.ink { color: #f2f4f7 !important; }
.soft { color: #c3cad4 !important; }
.mark { background: #12261f !important; border-color: #4fbf95 !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f4f5f7;">
<div style="display:none;max-height:0;overflow:hidden;">{{preview}}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f4f5f7;">
<tr><td align="center" style="padding:24px 12px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif;">
<tr><td class="ink" style="padding:0 4px 12px;font-size:16px;font-weight:700;color:#1b2430;">{{brand}}</td></tr>
<tr><td class="card" style="background:#ffffff;border:1px solid #d5dae1;border-radius:10px;padding:28px 24px;">
<h1 class="ink" style="margin:0 0 16px;font-size:22px;line-height:1.3;color:#1b2430;">{{title}}</h1>
{{#each paragraphs}}
<p class="ink" style="margin:0 0 16px;font-size:16px;line-height:1.5;color:#1b2430;">{{this}}</p>
{{/each}}
{{#if highlight}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 20px;">
<tr><td class="mark" align="center" style="background:#eef7f3;border:2px solid #0b6b4a;border-radius:8px;padding:16px 12px;">
<p class="ink" style="margin:0 0 6px;font-size:15px;line-height:1.4;color:#1b2430;">{{highlight.label}}</p>
<p class="ink" style="margin:0;font-family:Consolas,Menlo,'DejaVu Sans Mono',monospace;font-size:32px;line-height:1.2;font-weight:700;letter-spacing:6px;color:#1b2430;">{{highlight.value}}</p>
</td></tr>
</table>
{{/if}}
{{#if link}}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 20px;">
<tr><td class="mark" align="center" style="background:#eef7f3;border:2px solid #0b6b4a;border-radius:8px;padding:16px 12px;">
<a class="ink" href="{{link.url}}" style="font-size:18px;line-height:1.4;font-weight:700;text-decoration:underline;color:#1b2430;">{{link.label}}</a>
<p class="ink" style="margin:12px 0 0;font-size:13px;line-height:1.4;word-break:break-all;color:#1b2430;">{{link.url}}</p>
</td></tr>
</table>
{{/if}}
{{#if details}}
<table width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px;font-size:15px;line-height:1.5;">
{{#each details}}
<tr><th scope="row" align="left" valign="top" class="soft" style="padding:4px 12px 4px 0;font-weight:400;color:#46525f;">{{label}}</th><td align="left" valign="top" class="ink" style="padding:4px 0;color:#1b2430;">{{value}}</td></tr>
{{/each}}
</table>
{{/if}}
{{#each closing}}
<p class="soft" style="margin:0 0 8px;font-size:14px;line-height:1.5;color:#46525f;">{{this}}</p>
{{/each}}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
