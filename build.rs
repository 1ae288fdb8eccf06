//! Compiles `proto/` without protoc, for the crate `contract`: messages and clients, services that hand on bytes, the
//! descriptor set for reflection and for the conversions, one enum of all methods, over which the policy must be
//! exhaustive to build, and for each request message which method takes it and what that answers.

use std::{error::Error, fmt::Write as _, fs, path::PathBuf};

use proc_macro2::TokenStream;
use protox::prost_reflect::{DescriptorPool, MessageDescriptor, MethodDescriptor, ServiceDescriptor};
use tonic_build::CodeGenBuilder;

const PACKAGE: &str = "focalnet.v1";

fn main() -> Result<(), Box<dyn Error>> {
    let proto = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").ok_or("no CARGO_MANIFEST_DIR")?)
        .join("../proto");
    println!("cargo:rerun-if-changed={}", proto.display());
    let mut files = fs::read_dir(proto.join("focalnet/v1"))?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<Vec<_>, _>>()?;
    files.sort();
    let mut compiler = protox::Compiler::new([&proto])?;
    compiler.include_source_info(true).include_imports(true).open_files(&files)?;

    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    // Encoded by the compiler itself: prost-types would drop our own field options.
    let encoded = compiler.encode_file_descriptor_set();
    fs::write(out.join("focalnet.bin"), &encoded)?;
    let pool = DescriptorPool::decode(encoded.as_slice())?;
    fs::write(out.join("rpc.rs"), rpc_enum(&pool)?)?;

    let secretive: Vec<MessageDescriptor> = pool.all_messages().filter(|m| has_secret(&pool, m)).collect();
    fs::write(out.join("secret_debug.rs"), secret_debug(&secretive)?)?;
    fs::write(out.join("methods.rs"), methods(&pool)?)?;
    fs::write(out.join("servers.rs"), servers(&pool))?;
    tonic_prost_build::configure()
        .build_server(false)
        .skip_debug(secretive.iter().map(MessageDescriptor::full_name))
        .compile_fds(compiler.file_descriptor_set())?;
    Ok(())
}

fn has_secret(pool: &DescriptorPool, message: &MessageDescriptor) -> bool {
    let secret = pool.get_extension_by_name("focalnet.v1.secret");
    secret.is_some_and(|secret| {
        message.fields().any(|field| field.options().get_extension(&secret).as_bool() == Some(true))
    })
}

/// A `Debug` that shows nothing, for messages that hold secrets.
fn secret_debug(messages: &[MessageDescriptor]) -> Result<String, std::fmt::Error> {
    let mut code = String::new();
    for message in messages {
        let name = message.name();
        writeln!(
            code,
            "impl std::fmt::Debug for {name} {{\n    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> \
             std::fmt::Result {{\n        f.write_str(\"{name}(secret)\")\n    }}\n}}"
        )?;
    }
    Ok(code)
}

/// The services of the contract.
fn services(pool: &DescriptorPool) -> impl Iterator<Item = ServiceDescriptor> {
    pool.services().filter(|service| service.package_name() == PACKAGE)
}

/// Which method takes a message, and what it answers. A message that two methods take does not build.
fn methods(pool: &DescriptorPool) -> Result<String, std::fmt::Error> {
    let mut code = String::new();
    for method in services(pool).flat_map(|service| service.methods().collect::<Vec<_>>()) {
        let (name, input, output) = (method.name(), method.input(), method.output());
        let (input, output) = (input.name(), output.name());
        writeln!(
            code,
            "impl crate::Method for {input} {{\n    const RPC: crate::Rpc = crate::Rpc::{name};\n    type Answer = \
             {output};\n}}"
        )?;
    }
    Ok(code)
}

/// The services as traits, between bytes and bytes.
fn servers(pool: &DescriptorPool) -> String {
    let generator = CodeGenBuilder::new();
    services(pool)
        .map(|service| generator.generate_server(&Served::of(&service), "super").to_string())
        .collect()
}

/// A service as the generator takes it.
struct Served {
    name: String,
    methods: Vec<Handled>,
}

/// A method as the generator takes it.
struct Handled {
    name: String,
    identifier: String,
    input: String,
    output: String,
    streams: (bool, bool),
}

impl Served {
    fn of(service: &ServiceDescriptor) -> Self {
        let method = |method: MethodDescriptor| Handled {
            name: snake(method.name()),
            identifier: method.name().to_owned(),
            input: method.input().name().to_owned(),
            output: method.output().name().to_owned(),
            streams: (method.is_client_streaming(), method.is_server_streaming()),
        };
        Self { name: service.name().to_owned(), methods: service.methods().map(method).collect() }
    }
}

fn snake(name: &str) -> String {
    let mut word = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.push(letter.to_ascii_lowercase());
    }
    word
}

impl tonic_build::Service for Served {
    type Comment = String;
    type Method = Handled;

    fn name(&self) -> &str {
        &self.name
    }

    fn package(&self) -> &'static str {
        PACKAGE
    }

    fn identifier(&self) -> &str {
        &self.name
    }

    fn methods(&self) -> &[Handled] {
        &self.methods
    }

    fn comment(&self) -> &[String] {
        &[]
    }
}

impl tonic_build::Method for Handled {
    type Comment = String;

    fn name(&self) -> &str {
        &self.name
    }

    fn identifier(&self) -> &str {
        &self.identifier
    }

    fn codec_path(&self) -> &'static str {
        "crate::wire::Codec"
    }

    fn client_streaming(&self) -> bool {
        self.streams.0
    }

    fn server_streaming(&self) -> bool {
        self.streams.1
    }

    fn comment(&self) -> &[String] {
        &[]
    }

    fn request_response_name(&self, _: &str, _: bool) -> (TokenStream, TokenStream) {
        let wrapped = |wrapper: &str, message: &str| {
            format!("crate::wire::{wrapper}<super::{message}>").parse().unwrap_or_default()
        };
        (wrapped("Sent", &self.input), wrapped("Told", &self.output))
    }
}

fn rpc_enum(pool: &DescriptorPool) -> Result<String, Box<dyn Error>> {
    let mut methods: Vec<_> =
        services(pool).flat_map(|service| service.methods().collect::<Vec<_>>()).collect();
    methods.sort_by_key(|m| m.full_name().to_owned());
    let mut code = String::from(
        "/// Every method of the contract, made from `proto/`. A match over it that misses one does not build.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]\npub enum Rpc {\n",
    );
    let (mut all, mut names) = (String::new(), String::new());
    for method in &methods {
        let (service, name) = (method.parent_service().full_name().to_owned(), method.name());
        writeln!(code, "    /// `{service}/{name}`.\n    {name},")?;
        writeln!(all, "        Rpc::{name},")?;
        writeln!(names, "            Rpc::{name} => (\"{service}\", \"{name}\"),")?;
    }
    writeln!(
        code,
        "}}\n\nimpl Rpc {{\n    /// All methods, by service and name.\n    pub const ALL: &'static [Rpc] = &[\n{all}    \
         ];\n\n    /// Full name of the service, and name of the method.\n    #[must_use]\n    #[expect(\n        \
         clippy::too_many_lines,\n        reason = \"one line for each method\"\n    )]\n    pub const fn \
         names(self) -> (&'static str, &'static str) {{\n        match self {{\n{names}        }}\n    }}\n}}"
    )?;
    Ok(code)
}
