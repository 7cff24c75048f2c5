/** A form made from a tool's input schema, for the flat part of it; the rest is edited as JSON. */
import { useId } from "react";

interface Property {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface SchemaFormProps {
  readonly schema: unknown;
  readonly value: Readonly<Record<string, unknown>>;
  readonly onChange: (value: Readonly<Record<string, unknown>>) => void;
}

/** The properties that a form can edit: text, numbers, switches and choices. */
export function formFields(schema: unknown): {
  readonly fields: readonly (readonly [string, Property])[];
  readonly others: readonly string[];
} {
  const properties = (schema as { properties?: Record<string, Property> } | null | undefined)?.properties;
  if (!properties || typeof properties !== "object") return { fields: [], others: [] };
  const all = Object.entries(properties).filter(([, property]) => isRecord(property));
  const simple = ([, property]: [string, Property]) =>
    Array.isArray(property.enum) || ["string", "number", "integer", "boolean"].includes(typeOf(property));
  return { fields: all.filter(simple), others: all.filter((one) => !simple(one)).map(([name]) => name) };
}

const isRecord = (value: unknown): boolean => typeof value === "object" && value !== null;

const typeOf = (property: Property): string =>
  Array.isArray(property.type)
    ? String(property.type.find((type) => type !== "null") ?? "")
    : String(property.type ?? "");

export function SchemaForm({ schema, value, onChange }: SchemaFormProps) {
  const { fields, others } = formFields(schema);
  const required = new Set((schema as { required?: readonly string[] } | null)?.required ?? []);
  const set = (name: string, next: unknown) => {
    const { [name]: _old, ...rest } = value;
    onChange(next === undefined ? rest : { ...rest, [name]: next });
  };
  return (
    <div className="form">
      {fields.map(([name, property]) => (
        <Field
          key={name}
          name={name}
          property={property}
          required={required.has(name)}
          value={value[name]}
          onChange={(next) => set(name, next)}
        />
      ))}
      {others.length > 0 ? <p className="hint">Edit as JSON: {others.join(", ")}</p> : null}
    </div>
  );
}

function Field({
  name,
  property,
  required,
  value,
  onChange,
}: {
  readonly name: string;
  readonly property: Property;
  readonly required: boolean;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}) {
  const id = useId();
  const type = typeOf(property);
  const label = property.title ?? name;
  if (type === "boolean") {
    return (
      <label className="check">
        <input type="checkbox" checked={value === true} onChange={(event) => onChange(event.target.checked)} />
        <span>{label}</span>
      </label>
    );
  }
  const hint = property.description;
  const shared = { id, "aria-describedby": hint ? `${id}-hint` : undefined, required };
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {required ? <span className="field__required"> required</span> : null}
      </label>
      <Control property={property} shared={shared} value={value} onChange={onChange} />
      {hint ? (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}

function Control({
  property,
  shared,
  value,
  onChange,
}: {
  readonly property: Property;
  readonly shared: { readonly id: string; readonly "aria-describedby": string | undefined; readonly required: boolean };
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}) {
  const type = typeOf(property);
  if (Array.isArray(property.enum))
    return (
      <select
        {...shared}
        value={JSON.stringify(value ?? null)}
        onChange={(event) => onChange(event.target.value === "null" ? undefined : JSON.parse(event.target.value))}
      >
        <option value="null">—</option>
        {property.enum.map((option) => (
          <option key={JSON.stringify(option)} value={JSON.stringify(option)}>
            {String(option)}
          </option>
        ))}
      </select>
    );
  if (type === "string")
    return (
      <input
        type="text"
        {...shared}
        value={typeof value === "string" ? value : ""}
        onChange={(event) => onChange(event.target.value === "" && !shared.required ? undefined : event.target.value)}
      />
    );
  return (
    <input
      type="number"
      {...shared}
      min={property.minimum}
      max={property.maximum}
      step={type === "integer" ? 1 : "any"}
      value={typeof value === "number" ? value : ""}
      onChange={(event) => onChange(event.target.value === "" ? undefined : Number(event.target.value))}
    />
  );
}
