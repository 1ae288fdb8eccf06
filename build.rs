//! Compiles `proto/` without protoc: messages and services for tonic, the descriptor set for reflection and the
//! command line, and one enum of all methods, over which the policy must be exhaustive to build.

use std::{error::Error, fmt::Write as _, fs, path::PathBuf};

use protox::prost_reflect::{DescriptorPool, MessageDescriptor};

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
    tonic_prost_build::configure()
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

fn rpc_enum(pool: &DescriptorPool) -> Result<String, Box<dyn Error>> {
    let mut methods: Vec<_> = pool
        .services()
        .filter(|s| s.package_name() == "focalnet.v1")
        .flat_map(|service| service.methods().collect::<Vec<_>>())
        .collect();
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
