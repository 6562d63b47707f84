// Follows a job without reloading the page; without this script the page refreshes itself.
"use strict";
(async function follow() {
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  for (;;) {
    await pause(1000);
    try {
      const reply = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      if (reply.redirected) { location.replace(reply.url); return; }
      if (!reply.ok) { continue; }
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const fresh = page.getElementById("job");
      if (!fresh) { location.reload(); return; }
      document.getElementById("job").replaceChildren(...fresh.childNodes);
      if (fresh.dataset.ended === "yes") { return; }
    } catch {
      await pause(2000);
    }
  }
})();
