package dev.runs.bootstrap.endtoend;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The parts of a page that the browser asks for alone, beside the same parts of the page itself. A
 * token against forgery and the number of a form are others each time, and so is how long ago
 * something was.
 *
 * @param kinds of the parts that were looked at
 * @param different what is not the same
 */
record PageParts(List<String> kinds, List<String> different) {

  /** Times pass between two requests, so what differs is looked at again. */
  private static final int TRIES = 3;

  private static final String COMPARE =
      """
      async () => {
        const ask = async (address, headers) => {
          const answer = await fetch(address, { headers });
          if (!answer.ok) {
            throw new Error(`${address} answers ${answer.status}`);
          }
          return answer.text();
        };
        const page = async (address) => new DOMParser().parseFromString(await ask(address, {}), 'text/html');
        const part = async (address) => {
          const template = document.createElement('template');
          template.innerHTML = await ask(address, { 'HX-Request': 'true' });
          return template.content;
        };
        const plain = (element) => {
          const copy = element.cloneNode(true);
          copy.querySelectorAll('time').forEach((it) => it.replaceWith('a time'));
          copy.querySelectorAll('input[name=_csrf], input[name=form]').forEach((it) => it.remove());
          return copy.outerHTML.replace(/\\s+/g, ' ');
        };
        const kinds = [];
        const different = [];
        const compare = (kind, address, own, asked) => {
          kinds.push(kind);
          if (!own || !asked || plain(own) !== plain(asked)) {
            different.push(`${address}: ${asked ? plain(asked) : 'nothing'} | ${own ? plain(own) : 'nothing'}`);
          }
        };

        const whole = await page(location.href);
        for (const own of whole.querySelectorAll("[hx-get][hx-trigger^='every']")) {
          const address = own.getAttribute('hx-get');
          const asked = await part(address);
          compare('polled', address, own, asked.children.length === 1 ? asked.firstElementChild : null);
        }
        const ids = [...whole.querySelectorAll("[id^='run-'][data-version]")].map((it) => it.id.slice(4));
        const rows = whole.querySelector('[data-live-rows]');
        if (rows && ids.length > 0) {
          const address = `${rows.dataset.liveRows}?${ids.map((id) => `id=${id}`).join('&')}`;
          const asked = await part(address);
          ids.forEach((id) => compare('row', address, whole.getElementById(`run-${id}`), asked.getElementById(`run-${id}`)));
        }
        const live = whole.querySelector('[data-live-whole]');
        if (live) {
          const address = `${live.dataset.liveWhole}?${ids.map((id) => `shown=${id}`).join('&')}`;
          const asked = await part(address);
          ['head', 'facts', ...ids.map((id) => `run-${id}`)].forEach((id) =>
            compare('live', address, whole.getElementById(id), asked.getElementById(id)));
        }
        for (const link of [...whole.querySelectorAll('.tree .toggle a[hx-get]')].slice(0, 2)) {
          const address = link.getAttribute('hx-get');
          const id = link.closest('li').id;
          compare('branch', address, (await page(link.getAttribute('href'))).getElementById(id),
            (await part(address)).getElementById(id));
        }
        const more = whole.querySelector('.tree > .more a[hx-get]');
        if (more) {
          const address = more.getAttribute('hx-get');
          const next = await page(more.getAttribute('href'));
          for (const asked of (await part(address)).children) {
            compare('more', address, next.getElementById(asked.id), asked);
          }
        }
        return { kinds, different };
      }
      """;

  /** Of the page that is open. */
  static PageParts of(Page page) {
    var parts = look(page);
    for (var i = 1; i < TRIES && !parts.different().isEmpty(); i++) {
      parts = look(page);
    }
    return parts;
  }

  @SuppressWarnings("unchecked") // as the script returns it
  private static PageParts look(Page page) {
    var parts = (Map<String, List<String>>) page.evaluate(COMPARE);
    return new PageParts(
        Objects.requireNonNull(parts.get("kinds")), Objects.requireNonNull(parts.get("different")));
  }
}
