// Dark or light as the machine says, unless the reader has chosen; then the server has written it already.
// A page that is merged in by enhanced navigation comes with the server's attributes, so it is done again.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const root = document.documentElement;
    if (root.dataset.appearance === 'auto') {
      root.dataset.bsTheme = dark.matches ? 'dark' : 'light';
    }
  };
  apply();
  dark.addEventListener('change', apply);
  document.addEventListener('DOMContentLoaded', () => globalThis.Blazor?.addEventListener('enhancedload', apply));
})();
