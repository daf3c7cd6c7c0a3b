/**
 * The look of the dashboard's own pages without a menu, such as the one on which a person approves an app: the same colors,
 * which are those of Cloudscape, and the same measures. Light or dark is as in the reader's system.
 */
export const errorPageStyle = `
:root { color-scheme: light dark; --page: #fff; --container: #fff; --line: #c6c6cd; --code: #f8f8f8;
  --heading: #0f141a; --text: #0f141a; --secondary: #424650; --link: #006ce0; --hover: #002b66 }
@media (prefers-color-scheme: dark) {
  :root { --page: #121212; --container: #161d26; --line: #424650; --code: #282c34;
    --heading: #ebebf0; --text: #c6c6cd; --secondary: #c6c6cd; --link: #42b4ff; --hover: #75cfff }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/20px 'Open Sans', system-ui, sans-serif }
main { display: grid; align-content: center; gap: 12px; width: 100%; max-width: 46rem; min-height: 100vh;
  margin: 0 auto; padding: 1rem }
.container { display: grid; gap: 12px; min-width: 0; padding: 12px 20px 20px; background: var(--container);
  border: 1px solid var(--line); border-radius: 16px }
h1 { margin: 0; color: var(--heading); font-size: 24px; line-height: 30px; letter-spacing: -0.02em }
p { margin: 0 }
.product { color: var(--secondary); font-weight: 700 }
.said { padding: 8px 12px; background: var(--code); border-radius: 8px; overflow-wrap: anywhere }
.request { color: var(--secondary); font-size: 12px; line-height: 16px; overflow-wrap: anywhere }
code { font: 13px/20px ui-monospace, Menlo, Consolas, monospace }
a { color: var(--link) }
a:hover { color: var(--hover) }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 4px; border-radius: 4px }
`;
