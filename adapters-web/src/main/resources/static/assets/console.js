// What the console does beyond plain pages: keys, copying, and rows that follow what happens.
// Every page works without it.
(() => {
  "use strict";

  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const isTyping = (target) => target.closest("input, select, textarea, [contenteditable]") !== null;

  // --- what only makes sense with this script

  function reveal(within) {
    all("[data-copy], [data-sheet], [data-all]", within).forEach((it) => { it.hidden = false; });
    all("[data-at-once] button", within).forEach((it) => { it.hidden = true; });
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

  const sheet = () => one("#sheet");
  const rows = () => all("main tbody tr[data-row], main li[data-row]").filter((row) => row.offsetParent !== null);
  let goes = false;
  let goesTimer = 0;

  function move(step) {
    const list = rows();
    if (list.length === 0) {
      return;
    }
    const at = list.findIndex((row) => row.classList.contains("present"));
    const next = list[Math.max(0, Math.min(list.length - 1, at < 0 ? 0 : at + step))];
    list.forEach((row) => row.classList.toggle("present", row === next));
    next.scrollIntoView({ block: "nearest" });
    one("a", next)?.focus({ preventScroll: true });
  }

  const present = () => rows().find((row) => row.classList.contains("present"));

  function press(key) {
    if (goes) {
      goes = false;
      one(`.side a[data-go="${CSS.escape(key)}"]`)?.click();
      return true;
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
        const row = present();
        const link = row && document.activeElement?.closest("a, button") === null ? one("a", row) : null;
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
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || one("dialog[open]")) {
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

  // --- htmx: nothing is asked for while nobody looks

  document.addEventListener("htmx:beforeRequest", (event) => {
    const isPoll = event.detail.requestConfig?.triggeringEvent === undefined && event.detail.elt.matches("[hx-trigger*='every']");
    if (isPoll && document.hidden) {
      event.preventDefault();
    }
  });
  document.addEventListener("htmx:afterSwap", (event) => reveal(event.detail.elt));

  // --- live: one stream a page tells which runs changed, and the page asks for those it shows

  const ASK_AFTER_MILLIS = 250;
  const MOST_AT_ONCE = 50;
  const MOST_SHOWN = 100;
  const POLL_MILLIS = 10_000;
  const COUNT_AFTER_MILLIS = 2_000;

  class Live {
    constructor(box) {
      this.box = box;
      this.dot = one("#live");
      this.changed = new Set();
      this.fresh = new Set();
      this.counting = 0;
      this.timer = 0;
      this.poll = 0;
      this.wasLost = false;
      this.connect();
      document.addEventListener("visibilitychange", () => (document.hidden ? this.pause() : this.resume()));
      addEventListener("pagehide", () => this.source?.close());
    }

    show(word, isOn) {
      this.dot.hidden = false;
      this.dot.textContent = word;
      this.dot.classList.toggle("on", isOn);
      this.dot.classList.toggle("off", !isOn);
    }

    connect() {
      this.source = new EventSource(this.box.dataset.live);
      this.source.addEventListener("open", () => {
        clearInterval(this.poll);
        this.poll = 0;
        this.show("live", true);
        if (this.wasLost) {
          // what happened while nobody listened
          this.wasLost = false;
          this.everything();
        }
      });
      this.source.addEventListener("runs", (event) => this.hear(JSON.parse(event.data)));
      this.source.addEventListener("reset", () => this.everything());
      this.source.addEventListener("error", () => {
        this.show("reconnecting", false);
        this.wasLost = true;
        if (this.poll === 0) {
          this.poll = setInterval(() => this.everything(), POLL_MILLIS);
        }
        if (this.source.readyState === EventSource.CLOSED && !document.hidden) {
          setTimeout(() => { if (!document.hidden && this.source.readyState === EventSource.CLOSED) this.connect(); }, POLL_MILLIS);
        }
      });
    }

    pause() {
      this.source.close();
      clearInterval(this.poll);
      this.poll = 0;
    }

    resume() {
      this.connect();
      this.everything();
    }

    hear(changes) {
      for (const change of changes) {
        const isShown = document.getElementById(`run-${change.id}`) !== null;
        if (isShown || this.isTree()) {
          this.changed.add(change.id);
        }
        if (!isShown && change.isNew && this.hasPlaceBelow(change.parent)) {
          this.fresh.add(change.id);
        }
      }
      this.tellFresh();
      this.ask();
    }

    isTree() {
      return this.box.dataset.liveWhole !== undefined;
    }

    // in a tree only what would stand below a run that is open, and not behind "more below"
    hasPlaceBelow(parent) {
      if (!this.isTree()) {
        return true;
      }
      const isTop = one(".tree .self [data-version]", this.box).id === `run-${parent}`;
      const below = isTop ? one(".tree", this.box) : one(`[id="node-${parent}"] > ul`, this.box);
      return below !== null && one(":scope > .more > a[hx-get]", below) === null;
    }

    everything() {
      all("[id^='run-'][data-version]", this.box).forEach((row) => this.changed.add(row.id.slice(4)));
      if (this.isTree()) {
        this.changed.add("all");
      }
      this.ask();
    }

    ask() {
      if (this.changed.size > 0 && this.timer === 0) {
        this.timer = setTimeout(() => this.fetch(), ASK_AFTER_MILLIS);
      }
    }

    async fetch() {
      const ids = [...this.changed].slice(0, MOST_AT_ONCE);
      ids.forEach((id) => this.changed.delete(id));
      if (this.isTree()) {
        this.changed.clear();
      }
      try {
        const address = this.isTree() ? this.whole() : `${this.box.dataset.liveRows}${this.box.dataset.liveRows.includes("?") ? "&" : "?"}${ids.map((id) => `id=${id}`).join("&")}`;
        const answer = await fetch(address, { headers: { "HX-Request": "true" } });
        if (answer.ok) {
          this.put(await answer.text());
        }
      } catch {
        this.show("reconnecting", false);
      } finally {
        this.timer = 0;
        this.ask();
      }
    }

    // the page's own address for this, and the runs that it shows
    whole() {
      const shown = all("[id^='run-'][data-version]", this.box).slice(0, MOST_SHOWN).map((it) => `shown=${it.id.slice(4)}`);
      return `${this.box.dataset.liveWhole}?${shown.join("&")}`;
    }

    // newer wins: an answer that was overtaken changes nothing
    put(html) {
      const part = document.createElement("template");
      part.innerHTML = html;
      for (const next of all("[id][data-version]", part.content)) {
        const now = document.getElementById(next.id);
        if (!now || Number(next.dataset.version) < Number(now.dataset.version) || now.outerHTML === next.outerHTML) {
          continue;
        }
        if (now.contains(document.activeElement) && document.activeElement.id) {
          const focused = document.activeElement.id;
          this.replace(now, next);
          document.getElementById(focused)?.focus({ preventScroll: true });
        } else {
          this.replace(now, next);
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
        next.classList.add("changed");
        next.classList.toggle("present", now.classList.contains("present"));
      }
      now.replaceWith(next);
      window.htmx?.process(next);
      reveal(next);
    }

    tellFresh() {
      const place = one("#fresh");
      if (!place || this.fresh.size === 0) {
        return;
      }
      if (place.dataset.narrowed === undefined) {
        this.tell(place, this.fresh.size, "");
      } else if (this.counting === 0) {
        this.counting = setTimeout(() => this.countFresh(place), COUNT_AFTER_MILLIS);
      }
    }

    // which of the new runs a narrowed list would show, only the list itself knows
    async countFresh(place) {
      this.fresh.clear();
      try {
        const answer = await fetch(place.dataset.first);
        if (answer.ok) {
          const list = new DOMParser().parseFromString(await answer.text(), "text/html");
          const rows = all("tr[id^='run-']", list);
          const count = rows.filter((row) => !document.getElementById(row.id)).length;
          if (count > 0) {
            this.tell(place, count, count === rows.length ? "+" : "");
          }
        }
      } catch {
        this.show("reconnecting", false);
      } finally {
        this.counting = 0;
        this.tellFresh();
      }
    }

    tell(place, count, more) {
      const button = one("button", place) ?? place.appendChild(document.createElement("button"));
      button.type = "button";
      button.className = "quiet small";
      button.textContent = `${count}${more} new ${count === 1 ? "run" : "runs"} — show`;
      button.onclick = () => location.assign(this.isTree() ? this.grown() : place.dataset.first);
      place.hidden = false;
    }

    // this page with what is open in it
    grown() {
      const open = all(".tree a[aria-expanded=true]", this.box).map((it) => `open=${it.closest("li").id.slice(5)}`);
      return `${location.pathname}?${open.join("&")}`;
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
