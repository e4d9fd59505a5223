/** What the scripts of the search share; `site/search/index.py` writes the index. */

type SearchKind = "error" | "recipe" | "reference" | "guide" | "version" | "exercise" | "proof";

/**
 * Page, anchor, title, title above, description, text, more words, names, messages, weight,
 * questions. An anchor that is made of the title is "=", until the engine has it.
 */
type SearchSection = [
  number,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string[],
  number,
  string[],
];

interface SearchIndex {
  /** Address below the site's root, title, kind, weight. */
  pages: [string, string, SearchKind, number][];
  /** Empty, until the engine has read the columns. */
  sections: SearchSection[];
  /** The same by column; empty, once read. */
  columns: unknown[][];
  /** A page of proofs, and their names in words, one a line; sections, once taken apart. */
  proofs: [number, string][];
  /** A message and its section. */
  errors: [string, number][];
  /** What readers type, and what pages say. */
  synonyms: [string[], string[]][];
  /** What is asked for under a heading that each page of the reference has. */
  headings: Record<string, string[]>;
  stopwords: string[];
}

interface SearchResult {
  address: string;
  title: string;
  place: string[];
  kind: SearchKind;
  readonly excerpt: SearchPiece[];
  score: number;
}

/** A part of an excerpt, and whether it was asked for. */
interface SearchPiece {
  text: string;
  marked: boolean;
}

/** A way to say a part of a question: all of its words. */
interface SearchWay {
  all: string[];
  weight: number;
}

/**
 * A part of a question: the ways to say it, whether it is the last, as it was typed, and
 * whether it is only like what was typed.
 */
interface SearchUnit {
  ways: SearchWay[];
  last: boolean;
  said: string;
  guessed: boolean;
}

/** A part of a question: what it matched in a section, and how much it tells. */
interface SearchWanted {
  terms: Set<string>;
  weight: number;
}

/** Words of a question that no section has, and those that only other words are like. */
interface SearchMissing {
  nowhere: string[];
  alike: string[];
}

interface SearchWords {
  nearest(word: string, all: Iterable<string>): string;
  pieces(text: string): string[][];
  terms(text: string): string[];
  typed(text: string): { word: string; parts: string[] }[];
  shape(message: string): string;
}

interface SearchEngine {
  find(question: string, most?: number): SearchResult[];
  missing(question: string): SearchMissing;
  explain(text: string): SearchResult[];
}

declare var hookbookIndex: SearchIndex;
declare var hookbookWords: SearchWords;
declare var hookbookExcerpt: {
  excerpt(texts: string[], wanted: SearchWanted[]): SearchPiece[];
  end(text: string, from: number): number;
};
declare var hookbookMessages: {
  Messages: new (
    index: SearchIndex,
    weight: (id: number) => number,
  ) => { find(text: string): Map<number, { score: number; message: string }> };
};
declare var hookbookQuestion: {
  Question: new (
    index: SearchIndex,
    known: Set<string>,
  ) => {
    units(question: string): SearchUnit[];
    spelled(word: string): string;
    tellingWords(words: string[][]): string[][];
  };
};
declare var hookbookAsked: {
  questions(index: SearchIndex, id: number): string[];
  Asked: new (
    index: SearchIndex,
    question: { units(question: string): SearchUnit[] },
  ) => { told(question: string): Set<string>; likeness(id: number, words: Set<string>): number };
};
declare var hookbookSearch: { Search: new (index: SearchIndex) => SearchEngine };
declare var MiniSearch: typeof import("minisearch").default;
