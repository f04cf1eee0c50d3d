//! The data of a scan of a JPEG file, and its Huffman codes (ITU T.81, annex F).

/// By length of code: the first code beyond it, and where its values lie.
pub(super) struct Huffman {
    lengths: [(u32, u32); 16],
    values: Vec<u8>,
}

impl Huffman {
    pub fn of(counts: &[u8; 16], values: &[u8]) -> Self {
        let (mut code, mut value) = (0, 0);
        let lengths = counts.map(|count| {
            code += u32::from(count);
            value += u32::from(count);
            let length = (code, value);
            code <<= 1;
            length
        });
        Self { lengths, values: values.to_vec() }
    }

    /// `None` at the end, and for what is no code.
    pub fn read(&self, bits: &mut Bits<'_>) -> Option<u8> {
        let mut code = 0;
        for (beyond, value) in self.lengths {
            code = code << 1 | bits.bit()?;
            if code < beyond {
                return self.values.get(value.checked_sub(beyond - code)? as usize).copied();
            }
        }
        None
    }
}

/// The bits of a scan.
pub(super) struct Bits<'a> {
    data: &'a [u8],
    byte: u8,
    left: u8,
}

impl<'a> Bits<'a> {
    pub fn of(data: &'a [u8]) -> Self {
        Self { data, byte: 0, left: 0 }
    }

    /// `None` at the end.
    pub fn bit(&mut self) -> Option<u32> {
        if self.left == 0 {
            (self.byte, self.data) = match self.data {
                [0xFF, 0x00, rest @ ..] => (0xFF, rest),
                [0xFF, ..] | [] => return None,
                [byte, rest @ ..] => (*byte, rest),
            };
            self.left = 8;
        }
        self.left -= 1;
        Some(u32::from(self.byte >> self.left & 1))
    }

    /// A number of so many bits; those whose first bit is 0 are negative.
    pub fn signed(&mut self, length: u8) -> Option<i32> {
        if length == 0 {
            return Some(0);
        }
        let beyond = 1_i32.checked_shl(length.into()).filter(|_| length <= 15)?;
        let mut number = 0;
        for _ in 0..length {
            number = number << 1 | i32::from(self.bit()? == 1);
        }
        Some(if number < beyond / 2 { number - beyond + 1 } else { number })
    }

    /// Goes on after a marker.
    pub fn restart(&mut self) -> Option<()> {
        self.left = 0;
        while let [0xFF, 0xFF, ..] = self.data {
            self.data = &self.data[1..];
        }
        let [0xFF, 0xD0..=0xD7, rest @ ..] = self.data else { return None };
        self.data = rest;
        Some(())
    }
}
