/** What a widget asks the user of the host for: files and a checkout. Nothing is answered before the user does. */
import { useState } from "react";
import type { ChosenFile, UserPort } from "../../emulator/bridge/types.ts";
import { api } from "../api.ts";

interface Asked {
  readonly id: number;
  /** Call whose card asks. */
  readonly from: number;
  readonly widget: string;
  decline(): void;
}

export type Ask =
  | (Asked & { readonly kind: "files"; answer(files: readonly File[]): void })
  | (Asked & { readonly kind: "checkout"; readonly session: unknown; answer(value: unknown): void });

/** Questions that stand at a time, of all cards; more are declined at once. */
const ASK_LIMIT = 3;

export interface Asking {
  readonly asks: readonly Ask[];
  /** @param originOf sandbox of the card, from which its files are served */
  portOf(from: number, widget: string, originOf: () => string | undefined): UserPort;
}

let nextId = 1;
const KNOWN = new Set<string>();
/** Files that are given to the server at a time: a widget may upload without end. */
const UNDER_WAY_LIMIT = 20;
let underWay = 0;

export function useAsks(): Asking {
  const [asks, setAsks] = useState<readonly Ask[]>([]);
  const ask = <T>(make: (asked: Asked, answer: (value: T) => void) => Ask): Promise<T> =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      const close = () => setAsks((old) => old.filter((one) => one.id !== id));
      const decline = () => {
        close();
        reject(new Error("The user declined"));
      };
      const answer = (value: T) => {
        close();
        resolve(value);
      };
      setAsks((old) => {
        if (old.length >= ASK_LIMIT) {
          reject(new Error("The user is asked something already"));
          return old;
        }
        return [...old, make({ id, from: 0, widget: "", decline }, answer)];
      });
    });
  return {
    asks,
    portOf: (from, widget, originOf) => ({
      checkout: (session) => ask((asked, answer) => ({ ...asked, from, widget, kind: "checkout", session, answer })),
      selectFiles: async () => {
        const files = await ask<readonly File[]>((asked, answer) => ({
          ...asked,
          from,
          widget,
          kind: "files",
          answer,
        }));
        return Promise.all(files.map(kept));
      },
      uploadFile: async (file) => {
        if (!(file instanceof Blob)) throw new TypeError("uploadFile takes a File");
        const { fileId } = await kept(file);
        return { fileId };
      },
      fileUrl(id) {
        const origin = originOf();
        if (!KNOWN.has(id) || origin === undefined)
          return Promise.reject(new Error("Sandglass has the files alone that were chosen on its page"));
        return Promise.resolve(`${origin}/.sandglass/file/${id}`);
      },
    }),
  };
}

/** On this machine: `sandglass dev` holds it in its memory until it ends. */
async function kept(file: Blob): Promise<ChosenFile> {
  if (underWay >= UNDER_WAY_LIMIT) throw new Error("Other files are on their way already");
  underWay++;
  try {
    const { fileId } = await api.keepFile(file);
    KNOWN.add(fileId);
    return { fileId, fileName: file instanceof File ? file.name : "", mimeType: file.type };
  } finally {
    underWay--;
  }
}
