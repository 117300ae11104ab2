// A page that shows something under way looks again by itself. Only what shows it is put in anew, and not under the reader's hands.
(() => {
  const interval = 2000; // milliseconds
  const shown = () => document.querySelector('[data-follow]');
  const look = async () => {
    const address = location.href;
    if (!shown()) {
      return;
    }

    const answer = await fetch(address, { headers: { Accept: 'text/html' } }).catch(() => null); // the host may be away for a moment
    const old = shown();
    if (answer?.ok && old && address === location.href) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const anew = page.getElementById(old.id);
      if (anew && !(anew.hasAttribute('data-follow') && old.contains(document.activeElement))) {
        old.replaceWith(document.adoptNode(anew));
      }
    }

    follow();
  };
  const follow = () => {
    clearTimeout(globalThis.followed);
    if (shown()) {
      globalThis.followed = setTimeout(look, interval);
    }
  };
  document.addEventListener('DOMContentLoaded', () => {
    follow();
    globalThis.Blazor?.addEventListener('enhancedload', follow);
  });
})();
