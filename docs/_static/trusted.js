/* Where a page asks for trusted types, no text becomes markup and no other site's
   address a script. sphinx-copybutton makes its buttons of text: those, and no more. */
"use strict";

(() => {
  const PARTS =
    /^(?:\s|[\w !]|<\/?(?:button|svg|title|path|rect)(?: (?!on|style|href|src)[\w-]+="[^"<>]*")*\s*\/?>)*$/i;

  globalThis.trustedTypes?.createPolicy("default", {
    createHTML(text) {
      if (!PARTS.test(text)) throw new TypeError("This text must not become markup.");
      return text;
    },
    createScriptURL(text) {
      if (new URL(text, document.baseURI).origin !== location.origin) {
        throw new TypeError("A script may come from this site only.");
      }
      return text;
    },
  });
})();
