/** A list of any length, of which only what is seen is in the document. One tab stop; arrows choose. */
import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

export interface WindowListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  /** CSS pixels; all rows are of one height. */
  readonly rowHeight: number;
  readonly keyOf: (item: T) => string | number;
  readonly children: (item: T) => ReactNode;
  readonly selected: string | number | null;
  readonly onSelect: (key: string | number) => void;
  /** Stays at the end as rows come, as long as the end is in sight. Default false. */
  readonly follow?: boolean;
}

/** Rows kept ready on both sides of what is seen. */
const BESIDE = 8;

export function WindowList<T>(props: WindowListProps<T>) {
  const { label, items, rowHeight, keyOf, children, selected, onSelect, follow = false } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const sizes = new ResizeObserver(() => setHeight(element.clientHeight));
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);
  useLayoutEffect(() => {
    const element = box.current;
    if (element && follow && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [items, follow, height]);

  const from = Math.max(0, Math.floor(top / rowHeight) - BESIDE);
  const to = Math.min(items.length, Math.ceil((top + height) / rowHeight) + BESIDE);
  const at = selected === null ? -1 : items.findIndex((item) => keyOf(item) === selected);
  const scrolled = (element: HTMLDivElement) => {
    isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < rowHeight;
    setTop(element.scrollTop);
  };
  const move = (event: KeyboardEvent) => {
    const next = stepOf(event.key, at, items.length, Math.max(1, Math.floor(height / rowHeight) - 1));
    const item = next === null ? undefined : items[next];
    if (next === null || item === undefined) return;
    event.preventDefault();
    onSelect(keyOf(item));
    const element = box.current;
    if (!element) return;
    const above = next * rowHeight;
    if (above < element.scrollTop) element.scrollTop = above;
    else if (above + rowHeight > element.scrollTop + element.clientHeight)
      element.scrollTop = above + rowHeight - element.clientHeight;
  };
  return (
    <div
      ref={box}
      className="window-list"
      role="listbox"
      aria-label={label}
      tabIndex={0}
      {...(at >= from && at < to ? { "aria-activedescendant": `${id}-${at}` } : {})}
      onScroll={(event) => scrolled(event.currentTarget)}
      onKeyDown={move}
    >
      <div className="window-list__all" role="presentation" style={{ height: items.length * rowHeight }}>
        {items.slice(from, to).map((item, index) => (
          <div
            key={keyOf(item)}
            id={`${id}-${from + index}`}
            role="option"
            className="window-list__row"
            aria-selected={from + index === at}
            aria-posinset={from + index + 1}
            aria-setsize={items.length}
            style={{ height: rowHeight, transform: `translateY(${(from + index) * rowHeight}px)` }}
            onClick={() => onSelect(keyOf(item))}
          >
            {children(item)}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Where a key leads; null for one that leads nowhere. */
function stepOf(key: string, at: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: count - 1 }[
    key
  ];
  return to === undefined ? null : Math.min(count - 1, Math.max(0, to));
}
