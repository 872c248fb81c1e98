{ The C interface (host_sdk/include/dms) as Free Pascal and Delphi see it: records and function types, nothing else. }
unit dms;

{$mode delphi}{$h+}{$packrecords c}

interface

const
  status_ok = 0;
  status_not_found = 2;
  { Sizes of interface 1.0: whoever checks a record of the other side compares with these. }
  entry_size_1_0 = 48;
  plugin_size_1_0 = 56;
  status_words: array[0..10] of string = ('ok', 'invalid', 'not_found', 'forbidden', 'conflict', 'refused',
    'unavailable', 'cancelled', 'unsupported', 'too_large', 'failed');

type
  { Borrowed UTF-8 text; passed by value. }
  TStr = record ptr: PAnsiChar; len: UInt64; end;
  PError = ^TError;
  TError = record struct_size: UInt32; code: Int32; message: array[0..511] of AnsiChar; end;
  PSink = ^TSink;
  TSink = record context: Pointer; write: function(context: Pointer; bytes: TStr): Int32; cdecl; end;
  PStream = ^TStream;
  TStream = record context: Pointer; read: function(context: Pointer; buffer: Pointer; capacity: UInt64): Int64; cdecl; end;
  PCall = ^TCall;
  TCall = record
    struct_size: UInt32;
    context: Pointer;
    user, user_name, locale, correlation, channel, request: TStr;
    now_us: Int64;
    may: function(context: Pointer; right: TStr): Int32; cdecl;
    cancelled: function(context: Pointer): Int32; cdecl;
  end;
  PHost = ^THost;
  THost = record
    struct_size, abi_major, abi_minor, reserved: UInt32;
    context: Pointer;
    name, version: TStr;
    get_service: function(host: PHost; id: TStr): Pointer; cdecl;
  end;
  PPlugin = ^TPlugin;
  TPlugin = record
    struct_size, reserved: UInt32;
    context: Pointer;
    init: function(plugin: PPlugin; host: PHost; error: PError): Int32; cdecl;
    activate: function(plugin: PPlugin; call: PCall; progress: Pointer; error: PError): Int32; cdecl;
    deactivate: procedure(plugin: PPlugin); cdecl;
    destroy: procedure(plugin: PPlugin); cdecl;
    get_extension: function(plugin: PPlugin; id: TStr): Pointer; cdecl;
  end;
  PEntry = ^TEntry;
  TEntry = record
    struct_size, abi_major, abi_minor, min_host_minor: UInt32;
    init: function(error: PError): Int32; cdecl;
    deinit: procedure; cdecl;
    describe: function(sink: PSink; error: PError): Int32; cdecl;
    create: function(error: PError): PPlugin; cdecl;
  end;
  TGetEntry = function: PEntry; cdecl;

  PMenuEntry = ^TMenuEntry;
  TMenuEntry = record struct_size: UInt32; order: Int32; path, title, right, screen: TStr; end;
  PRight = ^TRight;
  TRight = record struct_size, reserved: UInt32; id, title, default_roles: TStr; end;
  PScreen = ^TScreen;
  TScreen = record
    struct_size, reserved: UInt32;
    context: Pointer;
    id, right: TStr;
    load: function(context: Pointer; call: PCall; parameters: TStr; document: PSink; error: PError): Int32; cdecl;
    act: function(context: Pointer; call: PCall; action, input: TStr; result_: PSink; error: PError): Int32; cdecl;
  end;
  PImportHook = ^TImportHook;
  TImportHook = record
    struct_size, reserved: UInt32;
    context: Pointer;
    source, title: TStr;
    probe: function(context: Pointer; first_bytes: TStr): Int32; cdecl;
    run: function(context: Pointer; call: PCall; payload: PStream; name: TStr; progress: Pointer; report: PSink;
      error: PError): Int32; cdecl;
  end;
  PJob = ^TJob;
  TJob = record
    struct_size, interval_s: UInt32;
    context: Pointer;
    id, title: TStr;
    run: function(context: Pointer; call: PCall; line: PSink; error: PError): Int32; cdecl;
  end;

{ Borrowed: lives as long as `text` does. }
function str_of(const text: AnsiString): TStr;
function text_of(const borrowed: TStr): AnsiString;
function put(sink: PSink; const text: AnsiString): Int32;

implementation

function str_of(const text: AnsiString): TStr;
begin
  result.ptr := PAnsiChar(text);
  result.len := length(text);
end;

function text_of(const borrowed: TStr): AnsiString;
begin
  SetString(result, borrowed.ptr, borrowed.len);
end;

function put(sink: PSink; const text: AnsiString): Int32;
begin
  result := sink.write(sink.context, str_of(text));
end;

end.
