// What the console does beyond plain pages: keys, copying, and rows that follow what happens.
// Every page works without it.
(() => {
  "use strict";

  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const isTyping = (target) =>
    target.closest("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]") !== null;

  // --- what only makes sense with this script

  function reveal(within) {
    all("[data-copy], [data-sheet], [data-all]", within).forEach((it) => { it.hidden = false; });
    all("[data-at-once] button", within).forEach((it) => { it.hidden = true; });
    all("[data-keys]", within).forEach((it) => { it.checked = areKeysOn(); });
  }

  // --- copying

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) {
      return;
    }
    const source = button.dataset.copy ? document.getElementById(button.dataset.copy) : one("code", button.parentElement);
    const text = source.value ?? source.textContent;
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      const range = document.createRange();
      range.selectNodeContents(source);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      button.textContent = "Press Ctrl+C";
    }
    setTimeout(() => { button.textContent = label; }, 1500);
  });

  // --- keys

  const KEYS = "runs-keys";
  const sheet = () => one("#sheet");
  const rows = () => all("main tbody tr[data-row], main li[data-row]").filter((row) => row.offsetParent !== null);
  const areKeysOn = () => localStorage.getItem(KEYS) !== "off";
  let goes = false;
  let goesTimer = 0;

  // what opens a row, and not what opens its branch of a tree
  const opener = (row) => one("a:not([hx-get])", row);

  function move(step) {
    const list = rows();
    if (list.length === 0) {
      return;
    }
    const at = list.findIndex((row) => row.classList.contains("present"));
    const next = list[Math.max(0, Math.min(list.length - 1, at < 0 ? 0 : at + step))];
    list.forEach((row) => row.classList.toggle("present", row === next));
    next.scrollIntoView({ block: "nearest" });
    opener(next)?.focus({ preventScroll: true });
  }

  const present = () => rows().find((row) => row.classList.contains("present"));

  function press(key) {
    if (goes) {
      goes = false;
      const link = key.length === 1 ? one(`.side a[data-go="${CSS.escape(key)}"]`) : null;
      link?.click();
      return link !== null;
    }
    switch (key) {
      case "/": {
        const field = one("main [data-search]") ?? one("[data-search]");
        field?.focus();
        field?.select();
        return field !== null;
      }
      case "?":
        sheet()?.showModal();
        return true;
      case "j":
        move(1);
        return true;
      case "k":
        move(-1);
        return true;
      case "Enter": {
        const row = document.activeElement === document.body ? present() : undefined;
        const link = row ? opener(row) : null;
        link?.click();
        return Boolean(link);
      }
      case "x": {
        const box = present() && one("input[type=checkbox]", present());
        box?.click();
        return Boolean(box);
      }
      case "g":
        goes = true;
        clearTimeout(goesTimer);
        goesTimer = setTimeout(() => { goes = false; }, 1500);
        return true;
      default:
        return false;
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || one("dialog[open]") || !areKeysOn()) {
      return;
    }
    if (press(event.key)) {
      event.preventDefault();
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-sheet]")) {
      sheet()?.showModal();
    }
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-keys]")) {
      localStorage.setItem(KEYS, event.target.checked ? "on" : "off");
    }
  });

  // --- colours, which change at once and are remembered behind the page

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-at-once]");
    if (form) {
      document.documentElement.dataset.theme = event.target.value;
      fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
    }
  });

  // --- selecting all rows

  document.addEventListener("change", (event) => {
    const box = event.target.closest("[data-all]");
    if (box) {
      all(`input[name="${CSS.escape(box.dataset.all)}"]`).forEach((it) => { it.checked = box.checked; });
    }
  });

  // --- htmx: nothing is asked for while nobody looks, and nobody loses their place

  document.addEventListener("htmx:beforeRequest", (event) => {
    const isPoll = event.detail.requestConfig?.triggeringEvent === undefined && event.detail.elt.matches("[hx-trigger*='every']");
    if (isPoll && document.hidden) {
      event.preventDefault();
    }
  });

  let unfolded = [];
  let place = { id: "", at: -1 };

  document.addEventListener("htmx:beforeSwap", (event) => {
    unfolded = all("details[id][open]", event.detail.target).map((it) => it.id);
    const row = present();
    place = { id: row?.id ?? "", at: row ? rows().indexOf(row) : -1 };
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    reveal(event.detail.elt);
    unfolded.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    if (!present() && place.at >= 0) {
      const row = (place.id && document.getElementById(place.id)) || rows()[place.at];
      row?.classList.add("present");
    }
  });

  // a link whose part cannot be had leads to its page, which says why
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, (event) => {
      if (event.detail.elt.matches("a[href]")) {
        location.assign(event.detail.elt.href);
      }
    });
  }

  // --- live: one stream a page tells which runs changed, and the page asks for those it shows

  const ASK_AFTER_MILLIS = 250;
  const MOST_AT_ONCE = 50;
  const IS_LIVE = ".state:not(.succeeded, .failed, .timed_out, .canceled)";
  const LOST_AFTER_MILLIS = 3_000;
  const AGAIN_MILLIS = 10_000;
  const LOOK_AFTER_MILLIS = 1_000;
  const LOOK_EVERY_MILLIS = 5_000;

  class Live {
    constructor(box) {
      this.box = box;
      this.isTree = box.dataset.liveWhole !== undefined;
      this.dot = one("#live");
      this.changed = new Set();
      this.fresh = new Set();
      this.asking = 0;
      this.looking = 0;
      this.lookedAt = 0;
      this.lost = 0;
      this.connectAgain = 0;
      if (!document.hidden) {
        this.connect();
      }
      document.addEventListener("visibilitychange", () => (document.hidden ? this.disconnect() : this.connect()));
      addEventListener("pagehide", () => this.disconnect());
      addEventListener("pageshow", (event) => { if (event.persisted) { this.connect(); } });
      // how long something takes goes on without news, and without a stream there is no news
      setInterval(() => {
        if (!document.hidden && (one(IS_LIVE, this.box) || this.source?.readyState !== EventSource.OPEN)) {
          this.askForAll();
        }
      }, AGAIN_MILLIS);
    }

    connect() {
      this.disconnect();
      this.source = new EventSource(this.box.dataset.live);
      this.source.addEventListener("open", () => {
        clearTimeout(this.lost);
        this.lost = 0;
        this.show("live", true);
        // what happened since the page was made, or while nobody listened
        this.askForAll();
        this.lookSoon();
      });
      this.source.addEventListener("runs", (event) => this.hear(JSON.parse(event.data)));
      this.source.addEventListener("reset", () => { this.askForAll(); this.lookSoon(); });
      this.source.addEventListener("error", () => {
        if (this.lost === 0) {
          this.lost = setTimeout(() => this.show("reconnecting", false), LOST_AFTER_MILLIS);
        }
        if (this.source.readyState === EventSource.CLOSED && this.connectAgain === 0) {
          this.connectAgain = setTimeout(() => {
            this.connectAgain = 0;
            if (!document.hidden) {
              this.connect();
            }
          }, AGAIN_MILLIS);
        }
      });
    }

    disconnect() {
      this.source?.close();
      clearTimeout(this.lost);
      clearTimeout(this.connectAgain);
      this.lost = 0;
      this.connectAgain = 0;
    }

    show(word, isOn) {
      this.dot.hidden = false;
      if (this.dot.textContent !== word) {
        this.dot.textContent = word;
      }
      this.dot.classList.toggle("on", isOn);
      this.dot.classList.toggle("off", !isOn);
    }

    shown(id) {
      return document.getElementById(`run-${id}`);
    }

    hear(changes) {
      for (const change of changes) {
        // what a run below did is in the sums of those above
        [change.id, ...change.above].filter((id) => this.shown(id)).forEach((id) => this.changed.add(id));
        if (change.isGone && this.isTop(change.id)) {
          // its page says that it is gone
          location.reload();
        } else if (change.isGone) {
          this.shown(change.id)?.classList.add("gone");
        } else if (this.isTree && change.isNew && !this.shown(change.id) && this.hasPlaceBelow(change.above.at(-1))) {
          this.fresh.add(change.id);
        }
      }
      if (this.isTree) {
        this.offer(this.fresh.size, "", () => this.grown());
      } else {
        this.lookSoon();
      }
      this.ask();
    }

    isTop(id) {
      return one(".tree .self [data-version]", this.box)?.id === `run-${id}`;
    }

    // only what would stand below a run that is open, and not behind "more below"
    hasPlaceBelow(parent) {
      const below = this.isTop(parent) ? one(".tree", this.box) : one(`[id="node-${parent}"] > ul`, this.box);
      return below !== null && one(":scope > .more > a[hx-get]", below) === null;
    }

    // this page with what is open in it
    grown() {
      const query = new URLSearchParams(location.search);
      query.delete("open");
      all(".tree a[aria-expanded=true]", this.box).forEach((it) => query.append("open", it.closest("li").id.slice(5)));
      return `${location.pathname}?${query}`;
    }

    askForAll() {
      all("[id^='run-'][data-version]", this.box).forEach((row) => this.changed.add(row.id.slice(4)));
      this.ask();
    }

    ask() {
      if (this.changed.size > 0 && this.asking === 0) {
        this.asking = setTimeout(() => this.askNow(), ASK_AFTER_MILLIS);
      }
    }

    async askNow() {
      const ids = [...this.changed].slice(0, MOST_AT_ONCE);
      ids.forEach((id) => this.changed.delete(id));
      let wait = 0;
      try {
        const name = this.isTree ? "shown" : "id";
        const query = ids.map((id) => `${name}=${id}`).join("&");
        this.put(await this.part(`${this.box.dataset.liveWhole ?? this.box.dataset.liveRows}?${query}`));
      } catch {
        // once more, when it may be had again
        ids.forEach((id) => this.changed.add(id));
        wait = AGAIN_MILLIS;
      }
      setTimeout(() => { this.asking = 0; this.ask(); }, wait);
    }

    async part(address) {
      const answer = await fetch(address, { headers: { "HX-Request": "true" } });
      if (answer.status === 401 || answer.redirected) {
        // the session has ended: the page itself leads to where one signs in
        location.reload();
      }
      if (!answer.ok) {
        throw new Error(`${address} answers ${answer.status}`);
      }
      const part = document.createElement("template");
      part.innerHTML = await answer.text();
      return part.content;
    }

    // newer wins: an answer that was overtaken changes nothing
    put(part) {
      for (const next of all("[id][data-version]", part)) {
        const now = document.getElementById(next.id);
        if (!now || Number(next.dataset.version) < Number(now.dataset.version) || now.outerHTML === next.outerHTML) {
          continue;
        }
        const focused = now.contains(document.activeElement) ? document.activeElement.id : "";
        this.replace(now, next);
        if (focused) {
          document.getElementById(focused)?.focus({ preventScroll: true });
        }
      }
    }

    replace(now, next) {
      const box = one("input[type=checkbox]", now);
      const twin = one("input[type=checkbox]", next);
      if (box && twin) {
        twin.checked = box.checked;
      }
      if (now.matches("tr")) {
        next.classList.toggle("changed", next.dataset.version !== now.dataset.version);
        next.classList.toggle("present", now.classList.contains("present"));
      }
      now.replaceWith(next);
      window.htmx?.process(next);
      reveal(next);
      this.sprout(next);
    }

    // a run of a tree that had nothing below it, and now has
    sprout(node) {
      const item = node.dataset.below === undefined ? null : node.closest(".tree li:not(.self)");
      if (item && one(":scope > .toggle > a", item) === null) {
        window.htmx?.ajax("GET", `${location.pathname}/branch?node=${node.id.slice(4)}`, { target: item, swap: "outerHTML" });
      }
    }

    // what a list would show by now, only the list itself knows
    lookSoon() {
      if (this.looking === 0 && !this.isTree) {
        const rest = this.lookedAt + LOOK_EVERY_MILLIS - Date.now();
        this.looking = setTimeout(() => this.look(), Math.max(LOOK_AFTER_MILLIS, rest));
      }
    }

    async look() {
      this.lookedAt = Date.now();
      try {
        const list = await this.part(this.box.dataset.liveList);
        const counts = one("#counts", list);
        if (counts && !one("#counts").contains(document.activeElement)) {
          one("#counts").replaceWith(counts);
        }
        const isShown = (row) => document.getElementById(row.id) !== null;
        const found = all("tr[id^='run-']", list);
        // what comes behind the last that is shown is no news while there is a next page
        const last = one("[rel=next]", list) ? found.findLastIndex(isShown) : found.length;
        const fresh = found.filter((row, at) => !isShown(row) && (last < 0 || at < last)).length;
        this.offer(fresh, last < 0 ? "+" : "", () => this.box.dataset.liveList);
      } catch {
        setTimeout(() => this.lookSoon(), AGAIN_MILLIS);
      }
      this.looking = 0;
    }

    // no row moves until somebody wants it
    offer(count, more, address) {
      const place = one("#fresh");
      if (!place) {
        return;
      }
      place.hidden = count === 0;
      const button = one("button", place) ?? place.appendChild(document.createElement("button"));
      button.type = "button";
      button.className = "quiet small";
      button.textContent = `${count}${more} new ${count === 1 ? "run" : "runs"} — show`;
      button.onclick = () => location.assign(address());
    }
  }

  addEventListener("DOMContentLoaded", () => {
    reveal(document);
    const box = one("[data-live]");
    if (box && window.EventSource) {
      new Live(box);
    }
  });
})();
