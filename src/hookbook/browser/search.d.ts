/** What the scripts of the search share; `site/search/index.py` writes the index. */

type SearchKind = "error" | "recipe" | "reference" | "guide" | "version" | "exercise" | "proof";

/** Page, anchor, title, title above, excerpt, words, names, messages, weight, first words. */
type SearchSection = [
  number,
  string,
  string,
  string,
  string,
  string,
  string,
  string[],
  number,
  string,
];

interface SearchIndex {
  /** Address below the site's root, title, kind, weight. */
  pages: [string, string, SearchKind, number][];
  sections: SearchSection[];
  /** A message and its section. */
  errors: [string, number][];
  /** What readers type, and what pages say. */
  synonyms: [string[], string[]][];
  stopwords: string[];
}

interface SearchResult {
  address: string;
  title: string;
  place: string[];
  kind: SearchKind;
  excerpt: string;
  score: number;
}

interface SearchWords {
  pieces(text: string): string[][];
  terms(text: string): string[];
  shape(message: string): string;
}

interface SearchEngine {
  find(question: string, most?: number): SearchResult[];
  explain(text: string): SearchResult[];
}

declare var hookbookIndex: SearchIndex;
declare var hookbookWords: SearchWords;
declare var hookbookSearch: { Search: new (index: SearchIndex) => SearchEngine };
declare var MiniSearch: typeof import("minisearch").default;
