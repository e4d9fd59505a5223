// The playground: the reader's own app, with its files, kept in this browser and shared
// by links that contain it.

const version = new URL(import.meta.url).search;
/** @param {string} name */
const part = (name) => import(`./${name}${version}`);
/**
 * @typedef {[
 *   typeof import("./dom.js"),
 *   typeof import("./client.js"),
 *   typeof import("./files.js"),
 *   typeof import("./requests.js"),
 *   typeof import("./link.js"),
 *   typeof import("./workbench.js"),
 * ]} Parts
 */
const [
  { make, button, field, reason, PLAIN },
  { corpus, extensions },
  { Files },
  { guess },
  link,
  bench,
] = /** @type {Parts} */ (
  await Promise.all(
    ["dom.js", "client.js", "files.js", "requests.js", "link.js", "workbench.js"].map(part),
  )
);

const DRAFT = "hookbook:playground:draft";
const PAUSE = 400;

const draft = {
  /** @returns {App | null} */
  read() {
    try {
      return link.checked(JSON.parse(localStorage.getItem(DRAFT) ?? "null"));
    } catch {
      return null;
    }
  },
  /** @param {App} state */
  write(state) {
    try {
      localStorage.setItem(DRAFT, JSON.stringify(state));
      return true;
    } catch {
      return false;
    }
  },
  forget() {
    try {
      localStorage.removeItem(DRAFT);
    } catch {
      // Without storage there is no draft.
    }
  },
};

/**
 * @param {Pick<Snippet, "code"> & { blocks: { source: string }[] }} snippet
 * @returns {App}
 */
const fromSnippet = ({ code, blocks }) => {
  const scenario = blocks.map((one) => one.source.replace(/^\n+|\n+$/g, "")).join("\n");
  return {
    code: code.replace(/\n+$/, ""),
    scenario,
    requests: guess(scenario),
    way: "requests",
    files: [],
  };
};

/**
 * The page has its first app; all others are loaded on demand.
 * @param {HTMLElement} place
 */
const fromPage = (place) => {
  /** @param {string} kind */
  const texts = (kind) => [...place.querySelectorAll(`${kind} pre`)].map((pre) => pre.textContent);
  const blocks = texts(".hb-scenario").map((source) => ({ source }));
  return fromSnippet({ code: texts(".hb-code").join("\n"), blocks });
};

/** The extensions that a program here can import. */
const offered = () =>
  extensions.length
    ? [
        make("p", {
          className: "hb-hint",
          textContent: `The code can also import ${extensions.slice(0, -1).join(", ")} and ${extensions.at(-1)}.`,
        }),
      ]
    : [];

class Playground {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.first = fromPage(place);
    /** @type {App | null} */
    this.before = null;
    this.timer = 0;
    this.saving = true;
    const changed = () => this.changed();
    this.files = new Files(changed);
    this.bench = new bench.Workbench(
      {
        name: "app",
        label: "app.py",
        title: "Playground",
        first: 1,
        rows: 12,
        unfolded: true,
        code: this.first.code,
        blocks: [{ source: this.first.scenario }],
        requests: this.first.requests,
        ways: ["requests", "scenario"],
        between: [this.files.element, ...offered()],
        files: () => this.files.message,
      },
      changed,
    );
    this.bench.onreset = () => {
      this.files.value = this.given.files;
    };
    this.given = this.first;
    this.address = make("input", { ...PLAIN, type: "text", readOnly: true });
    this.shared = field("Link to this app", this.address);
    this.shared.hidden = true;
    this.forget = button("Forget draft", () => this.forgetDraft());
    this.mine = button("Open my draft instead", () => this.openDraft());
    this.keep = button("Keep this as my draft", () => this.keepDraft());
    this.undo = button("Bring back what was here", () => this.bringBack());
    const tools = [this.forget, this.mine, this.keep, this.undo];
    this.bench.bar.append(
      button("Share by link", () => this.share()),
      button("Download app.py", () => this.download()),
      ...tools,
    );
    this.bench.status.after(this.shared);
    this.element = make("div", { className: "hb-workbench hb-play" }, this.bench.element);
    this.bench.element.classList.remove("hb-workbench");
    this.tools = make("div", { className: "hb-tools" });
    const choose = button("Choose a snippet of this site", () => this.choose());
    this.tools.append(choose);
    this.bench.written.prepend(this.tools);
    const { result, traced } = this.bench;
    this.bench.outcome.append(make("div", { className: "hb-shown" }, result, traced));
    this.undo.hidden = true;
    this.update();
  }

  async choose() {
    try {
      const known = await corpus();
      const select = this.picker(known);
      select.focus();
    } catch (error) {
      this.bench.say(`The snippets cannot be loaded: ${reason(error)}`, "hb-bad");
    }
  }

  /** @param {Corpus} known */
  picker(known) {
    /** @type {Map<string, HTMLElement[]>} */
    const topics = new Map();
    for (const [name, { title }] of Object.entries(known)) {
      const topic = name.split("/")[0];
      const options = topics.get(topic) ?? [];
      topics.set(topic, options);
      options.push(make("option", { value: name, textContent: title }));
    }
    const select = make(
      "select",
      {},
      [...topics].map(([topic, options]) =>
        make("optgroup", { label: topic.replaceAll("_", " ") }, options),
      ),
    );
    const take = button("Load this snippet", () => {
      this.replace(fromSnippet(known[select.value]));
      this.changed();
      this.bench.say(`Loaded: ${known[select.value].title} Nothing has been run.`);
    });
    this.tools.replaceChildren(field("A snippet of this site", select), take);
    return select;
  }

  /** @returns {App} */
  get state() {
    const { code, scenario, requests, way } = this.bench.state;
    return { code, scenario: scenario[0], requests, way, files: this.files.value };
  }

  set state({ code, scenario, requests, way, files }) {
    this.bench.state = { code, scenario: [scenario], requests, way };
    this.files.value = files;
  }

  /**
   * Put another app into the editor; Reset returns to it.
   * @param {App} state
   * @param {{ undo?: boolean, base?: App }} options
   */
  replace(state, { undo = true, base = state } = {}) {
    this.before = undo ? this.state : null;
    this.given = base;
    Object.assign(this.bench.given, {
      code: base.code,
      blocks: [{ source: base.scenario }],
      requests: base.requests,
    });
    this.bench.clear();
    this.state = state;
    this.undo.hidden = !undo;
    this.shared.hidden = true;
  }

  bringBack() {
    const { before } = this;
    if (!before) return;
    this.replace(before, { undo: false });
    this.changed();
    this.bench.say("This is what was here before. Nothing has been run.");
    this.bench.code.focus();
  }

  changed() {
    this.shared.hidden = true;
    if (!this.saving) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  save() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (!this.saving) return;
    this.kept = draft.write(this.state);
    this.update();
  }

  // Another page opens: save the last changes, too.
  leave() {
    if (this.timer) this.save();
  }

  update() {
    const there = draft.read() !== null;
    this.forget.hidden = !there;
    this.mine.hidden = this.saving || !there;
    this.keep.hidden = this.saving;
  }

  forgetDraft() {
    clearTimeout(this.timer);
    this.timer = 0;
    draft.forget();
    this.saving = true;
    this.replace(this.first, { undo: false });
    this.update();
    this.bench.say("The draft is deleted from this browser; the first app is back.");
    this.bench.code.focus();
  }

  openDraft() {
    const state = draft.read();
    if (!state) return;
    this.saving = true;
    history.replaceState(null, "", location.pathname + location.search);
    this.replace(state);
    this.update();
    this.bench.say("This is your draft. Nothing has been run.");
    this.bench.code.focus();
  }

  keepDraft() {
    this.saving = true;
    history.replaceState(null, "", location.pathname + location.search);
    this.save();
    this.bench.say("Kept in this browser as your draft.");
    this.forget.focus();
  }

  async share() {
    try {
      const address = new URL(await link.write(this.state), location.href);
      this.address.value = address.href;
      this.shared.hidden = false;
      this.address.focus();
      this.address.select();
      const copied = await navigator.clipboard.writeText(address.href).then(
        () => true,
        () => false,
      );
      this.bench.say(
        `${copied ? "The link is copied" : "Copy the link below"}: ${address.href.length} characters, which contain the whole app. Nothing was sent.`,
      );
    } catch (error) {
      this.bench.say(`There is no link: ${reason(error)}`, "hb-bad");
    }
  }

  download() {
    const text = `${this.bench.code.value.replace(/\n+$/, "")}\n`;
    const address = URL.createObjectURL(new Blob([text], { type: "text/x-python" }));
    const anchor = make("a", { href: address, download: "app.py" });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
    const files = this.files.rows.length ? " The files beside it are not in it." : "";
    this.bench.say(`app.py is downloaded.${files}`);
  }

  // A link's app is shown, and never run automatically.
  async arrive() {
    let state;
    try {
      state = await link.read(location.hash);
    } catch (error) {
      this.bench.say(`The link's app cannot be read: ${reason(error)}`, "hb-bad");
      return;
    }
    if (!state) return;
    this.leave();
    this.saving = draft.read() === null;
    this.replace(state, { undo: false });
    this.update();
    const own = this.saving ? "" : " Your own draft is kept.";
    this.bench.say(
      `This app came with the link. It has not been run: read it, then press Run.${own}`,
    );
  }

  restore() {
    const state = draft.read();
    if (!state) return;
    this.replace(state, { undo: false, base: this.first });
    this.bench.say("This is your draft, as you left it. Nothing has been run.");
  }
}

/** @param {HTMLElement} place */
export const open = async (place) => {
  await bench.styled;
  const playground = new Playground(place);
  if (!/^#app=/.test(location.hash)) playground.restore();
  for (const child of /** @type {HTMLCollectionOf<HTMLElement>} */ (place.children)) {
    child.hidden = true;
  }
  place.append(playground.element);
  addEventListener("pagehide", () => playground.leave());
  addEventListener("hashchange", () => playground.arrive());
  await playground.arrive();
};
