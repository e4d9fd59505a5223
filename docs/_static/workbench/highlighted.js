// CodeMirror instead of the text area: the site's colours, line numbers, undo. In a
// shadow root it adopts its style sheets, which the site's policy allows.

const version = new URL(import.meta.url).search;
/** @param {string} name */
const part = (name) => import(`./${name}${version}`);
const [{ make }, { asset }] =
  /** @type {[typeof import("./dom.js"), typeof import("./client.js")]} */ (
    await Promise.all(["dom.js", "client.js"].map(part))
  );
/** @type {typeof import("../../../src/hookbook/browser/codemirror.mjs")} */
const code = await import(asset("codemirror.mjs"));
const { Decoration, EditorState, EditorView, StateEffect, StateField, tags } = code;

const colours = code.HighlightStyle.define([
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.bool, tags.null],
    color: "var(--hb-code-keyword)",
  },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--hb-code-string)" },
  { tag: tags.number, color: "var(--hb-code-number)" },
  {
    tag: [
      tags.function(tags.definition(tags.variableName)),
      tags.definition(tags.className),
      tags.meta,
    ],
    color: "var(--hb-code-name)",
  },
  { tag: tags.comment, color: "var(--hb-code-comment)" },
]);

// As in the page's own code: a decorator is a name.
const named = code.styleTags({ "Decorator/VariableName Decorator/PropertyName": tags.meta });
const python = code.pythonLanguage.configure({ props: [named] });

/** @param {number} rows */
const look = (rows) =>
  EditorView.theme({
    "&": { height: "100%", color: "var(--hb-ink)", fontSize: "var(--hb-text-code)" },
    // The page shows the focus, on its own element.
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": {
      fontFamily: "var(--hb-mono)",
      fontVariantLigatures: "none",
      lineHeight: "1.5",
    },
    ".cm-content, .cm-gutter": { minHeight: `calc(${rows * 1.5}em + 1.25rem)` },
    ".cm-content": { padding: "0.625rem 0", caretColor: "var(--hb-ink)" },
    ".cm-line": { padding: "0 var(--hb-space-4) 0 var(--hb-space-3)" },
    ".cm-gutters": {
      marginLeft: "var(--hb-space-4)",
      border: "0",
      borderRight: "1px solid var(--hb-rule-strong)",
      background: "var(--hb-paper)",
      color: "var(--hb-code-comment)",
    },
    ".cm-lineNumbers .cm-gutterElement": { minWidth: "0", padding: "0 0.5rem 0 0" },
    // With forced colours there is no background, and transparent outlines are visible.
    ".hb-lit": { background: "var(--hb-current-soft)", outline: "1px solid transparent" },
  });

/** The lines of the current step, from 1; none if the last is before the first. */
const lighting = /** @type {import("@codemirror/state").StateEffectType<[number, number]>} */ (
  StateEffect.define()
);
const line = Decoration.line({ class: "hb-lit" });

/** Highlighted lines stay until the text changes. */
const lit = StateField.define({
  create: () => Decoration.none,
  update(old, transaction) {
    let now = transaction.docChanged ? Decoration.none : old;
    for (const effect of transaction.effects.filter((one) => one.is(lighting))) {
      const [first, last] = effect.value;
      const { doc } = transaction.state;
      const numbers = Array.from({ length: Math.max(last - first + 1, 0) }, (_, n) => first + n);
      const there = numbers.filter((number) => number >= 1 && number <= doc.lines);
      now = Decoration.set(there.map((number) => line.range(doc.line(number).from)));
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

// Ctrl+Enter runs; Tab, which has no key binding here, leaves the editor.
const keys = [...code.defaultKeymap, ...code.historyKeymap].filter(
  ({ key }) => key !== "Mod-Enter",
);

/**
 * Type over a selection. By default, Chromium joins the rest of two lines, and writes
 * their style into an attribute that the site's policy forbids.
 * @param {InputEvent} event
 * @param {import("@codemirror/view").EditorView} view
 */
const over = (event, view) => {
  const { data, inputType, isComposing } = event;
  if (inputType !== "insertText" || isComposing || !data) return false;
  let { from, to } = view.state.selection.main;
  // The browser reports a selection a moment later.
  const now = /** @type {{ getSelection?: () => Selection }} */ (view.root).getSelection?.();
  if (from === to && now?.rangeCount && view.contentDOM.contains(now.anchorNode)) {
    const range = now.getRangeAt(0);
    from = view.posAtDOM(range.startContainer, range.startOffset);
    to = view.posAtDOM(range.endContainer, range.endOffset);
  }
  if (from === to) return false;
  event.preventDefault();
  const insert = view.state.toText(data);
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    scrollIntoView: true,
    userEvent: "input.type",
  });
  return true;
};

/**
 * @typedef {object} Options
 * @property {string} label
 * @property {string} help a note on the keys
 * @property {number} first the number of its first line
 * @property {number} rows how many lines it has at least
 * @property {string} text
 * @property {number} from where the selection begins
 * @property {number} to and ends
 * @property {(text: string) => void} changed is called after each change by the reader
 */

export class Highlighted {
  /** @param {Options} options */
  constructor({ label, help, first, rows, text, from, to, changed }) {
    this.first = first;
    this.quiet = false;
    this.element = make("div", { className: "hb-highlighted" });
    const root = this.element.attachShadow({ mode: "open" });
    // A label or a note on the page can't be referenced from here.
    root.append(make("p", { id: "keys", hidden: true, textContent: help }));
    this.view = new EditorView({
      root,
      parent: root,
      doc: text,
      selection: { anchor: from, head: to },
      extensions: [
        code.lineNumbers({ formatNumber: (number) => String(number + first - 1) }),
        code.history(),
        python,
        code.syntaxHighlighting(colours),
        code.indentUnit.of("    "),
        EditorState.tabSize.of(4),
        code.keymap.of(keys),
        EditorView.domEventHandlers({ beforeinput: over }),
        look(rows),
        lit,
        EditorView.contentAttributes.of({
          "aria-label": label,
          "aria-describedby": "keys",
          tabindex: "0",
        }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged && !this.quiet) changed(state.doc.toString());
        }),
      ],
    });
  }

  /** @param {string} text */
  set value(text) {
    this.quiet = true;
    this.view.dispatch({
      changes: { from: 0, to: this.view.state.doc.length, insert: text },
      // One undo step, whatever was typed before.
      annotations: code.isolateHistory.of("full"),
    });
    this.quiet = false;
  }

  focus() {
    this.view.focus();
  }

  /**
   * Highlight lines, counted as the editor counts, and show the first of them; the
   * page does not scroll.
   * @param {number} first
   * @param {number} last
   */
  light(first, last) {
    const { view } = this;
    const place = first - this.first + 1;
    view.dispatch({ effects: lighting.of([place, last - this.first + 1]) });
    const { doc } = view.state;
    const { scrollDOM } = view;
    if (last < first || place < 1 || place > doc.lines) return;
    const top = view.lineBlockAt(doc.line(place).from).top;
    const end = doc.line(Math.min(last - this.first + 1, doc.lines));
    const bottom = view.lineBlockAt(end.from).bottom + 2 * view.documentPadding.top;
    if (bottom > scrollDOM.scrollTop + scrollDOM.clientHeight) {
      scrollDOM.scrollTop = bottom - scrollDOM.clientHeight;
    }
    if (top < scrollDOM.scrollTop) scrollDOM.scrollTop = top;
  }

  /**
   * Select a line, counted as the editor counts.
   * @param {number} number
   */
  select(number) {
    const { doc } = this.view.state;
    const { from, to } = doc.line(Math.min(Math.max(number - this.first + 1, 1), doc.lines));
    this.view.focus();
    this.view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
  }
}
